package dev.selkie.cpu;

/** Adds the sum of dy over samples and positions to a bias's gradient. */
final class BiasBackward implements Lanes.Work {
  private final Lanes lanes;
  private float[] sums = new float[0];
  private CpuTensor dy;

  BiasBackward(Lanes lanes) {
    this.lanes = lanes;
  }

  void run(CpuTensor dBias, CpuTensor gradient) {
    int channels = gradient.channels();
    dy = gradient;
    if (sums.length < gradient.samples() * channels) {
      sums = new float[gradient.samples() * channels];
    }
    lanes.run(this, gradient.samples());
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int n = 0; n < gradient.samples(); n++) {
        sum += sums[n * channels + c];
      }
      dBias.floats.put(c, (float) (dBias.floats.get(c) + sum));
    }
  }

  @Override
  public void run(Lane lane, int from, int to) {
    int channels = dy.channels();
    int perSample = dy.perSample();
    int length = Channels.tile(channels);
    float[] values = lane.tile(0, length);
    float[] sum = lane.tile(1, length);
    for (int n = from; n < to; n++) {
      java.util.Arrays.fill(sum, 0, length, 0f);
      for (int i = 0; i < perSample; i += length) {
        int count = Math.min(length, perSample - i);
        dy.floats.get(n * perSample + i, values, 0, count);
        Kernels.accumulate(sum, values, count);
      }
      Channels.fold(sum, values, channels, length);
      System.arraycopy(sum, 0, sums, n * channels, channels);
    }
  }
}
