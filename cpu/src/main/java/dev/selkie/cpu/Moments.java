package dev.selkie.cpu;

/**
 * Per sample and channel the mean over space and the sum of squared deviations from it, in one
 * read. Sums are taken of deviations from the mean of the first tile, so nothing cancels where the
 * mean is large against the spread (Chan, Golub and LeVeque, 1983).
 */
final class Moments implements Link {
  private final CpuTensor[] touched = new CpuTensor[1];
  private final Lanes lanes;
  private CpuTensor moments;
  private CpuTensor x;

  Moments(Lanes lanes) {
    this.lanes = lanes;
  }

  void run(CpuTensor result, CpuTensor input) {
    moments = result;
    x = input;
    touched[0] = input;
    lanes.chain().add(this, input.samples());
  }

  @Override
  public CpuTensor[] touched() {
    return touched;
  }

  @Override
  public void run(Lane lane, int from, int to) {
    int channels = x.channels();
    int perSample = x.perSample();
    int length = Channels.tile(channels);
    float[] tile = lane.tile(0, length);
    float[] shift = lane.tile(1, length);
    float[] sum = lane.tile(2, length);
    float[] squares = lane.tile(3, length);
    for (int n = from; n < to; n++) {
      int start = n * perSample;
      shift(shift, tile, start, Math.min(length, perSample), length);
      java.util.Arrays.fill(sum, 0, length, 0f);
      java.util.Arrays.fill(squares, 0, length, 0f);
      for (int i = 0; i < perSample; i += length) {
        int count = Math.min(length, perSample - i);
        x.floats.get(start + i, tile, 0, count);
        Kernels.moments(sum, squares, tile, shift, count);
      }
      Channels.fold(sum, tile, channels, length);
      Channels.fold(squares, tile, channels, length);
      finish(sum, squares, shift, perSample / channels);
      moments.floats.put(2 * n * channels, sum, 0, channels);
      moments.floats.put((2 * n + 1) * channels, squares, 0, channels);
    }
  }

  private void shift(float[] shift, float[] spare, int start, int first, int length) {
    int channels = x.channels();
    x.floats.get(start, shift, 0, first);
    Channels.fold(shift, spare, channels, first);
    float share = (float) channels / first;
    for (int c = 0; c < channels; c++) {
      shift[c] *= share;
    }
    Channels.repeat(shift, channels, length);
  }

  private void finish(float[] sum, float[] squares, float[] shift, int positions) {
    for (int c = 0; c < x.channels(); c++) {
      float offset = sum[c] / positions;
      squares[c] = Math.max(0f, squares[c] - offset * sum[c]);
      sum[c] = shift[c] + offset;
    }
  }
}
