package dev.selkie.cpu;

/** dx(n, p, c) = share * dy(n, c). */
final class Broadcast implements Lanes.Work {
  private final Lanes lanes;
  private CpuTensor dx;
  private CpuTensor dy;
  private float share;

  Broadcast(Lanes lanes) {
    this.lanes = lanes;
  }

  void run(CpuTensor target, CpuTensor source, float factor) {
    dx = target;
    dy = source;
    share = factor;
    lanes.run(this, target.samples());
  }

  @Override
  public void run(Lane lane, int from, int to) {
    int channels = dx.channels();
    int perSample = dx.perSample();
    int length = Channels.tile(channels);
    float[] values = lane.tile(0, length);
    for (int n = from; n < to; n++) {
      dy.floats.get(n * channels, values, 0, channels);
      for (int c = 0; c < channels; c++) {
        values[c] *= share;
      }
      Channels.repeat(values, channels, length);
      for (int i = 0; i < perSample; i += length) {
        dx.floats.put(n * perSample + i, values, 0, Math.min(length, perSample - i));
      }
    }
  }
}
