package dev.selkie.cpu;

/**
 * Two branches weighed sample by sample: for sample n alpha is draw 2 n and beta draw 2 n + 1 of
 * the layer, by the hash of {@link Dropout}.
 */
final class ShakeShake {
  private final Lanes lanes;
  private final Lanes.Work mix = this::mix;
  private final Lanes.Work split = this::split;
  private CpuTensor first;
  private CpuTensor second;
  private CpuTensor whole;
  private long stream;

  ShakeShake(Lanes lanes) {
    this.lanes = lanes;
  }

  void forward(CpuTensor y, CpuTensor a, CpuTensor b, int layer, long seed) {
    run(mix, y, a, b, layer, seed);
  }

  void backward(CpuTensor da, CpuTensor db, CpuTensor dy, int layer, long seed) {
    run(split, dy, da, db, layer, seed);
  }

  private void run(
      Lanes.Work work, CpuTensor output, CpuTensor a, CpuTensor b, int layer, long seed) {
    whole = output;
    first = a;
    second = b;
    stream = Dropout.stream(seed, layer);
    lanes.run(work, output.samples());
  }

  private void mix(Lane lane, int from, int to) {
    int perSample = whole.perSample();
    float[] a = lane.tile(0, Channels.TILE);
    float[] b = lane.tile(1, Channels.TILE);
    for (int n = from; n < to; n++) {
      float alpha = Dropout.fraction(stream, 2L * n);
      for (int i = 0; i < perSample; i += Channels.TILE) {
        int count = Math.min(Channels.TILE, perSample - i);
        first.floats.get(n * perSample + i, a, 0, count);
        second.floats.get(n * perSample + i, b, 0, count);
        for (int k = 0; k < count; k++) {
          a[k] = alpha * a[k] + (1 - alpha) * b[k];
        }
        whole.floats.put(n * perSample + i, a, 0, count);
      }
    }
  }

  private void split(Lane lane, int from, int to) {
    int perSample = whole.perSample();
    float[] a = lane.tile(0, Channels.TILE);
    float[] b = lane.tile(1, Channels.TILE);
    for (int n = from; n < to; n++) {
      float beta = Dropout.fraction(stream, 2L * n + 1);
      for (int i = 0; i < perSample; i += Channels.TILE) {
        int count = Math.min(Channels.TILE, perSample - i);
        whole.floats.get(n * perSample + i, b, 0, count);
        for (int k = 0; k < count; k++) {
          a[k] = beta * b[k];
          b[k] = (1 - beta) * b[k];
        }
        first.floats.put(n * perSample + i, a, 0, count);
        second.floats.put(n * perSample + i, b, 0, count);
      }
    }
  }
}
