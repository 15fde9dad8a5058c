package dev.selkie.cpu;

import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Tensor;
import java.util.List;

/**
 * For each branch, sample and channel: how many positions its ReLU lets through, and the sum of x
 * there. One read of each branch.
 */
final class SelectCounts implements Link {
  private final Lanes lanes;
  private final SelectNorms norms = new SelectNorms();
  private CpuTensor[] touched = new CpuTensor[0];
  private CpuTensor counts;

  SelectCounts(Lanes lanes) {
    this.lanes = lanes;
  }

  void run(Selection selection, List<Tensor> xs) {
    CpuTensor first = CpuTensor.cpu(xs.get(0));
    counts = CpuTensor.cpu(selection.counts());
    norms.inputs(xs, first);
    norms.statistics(selection);
    touched = touched.length == xs.size() ? touched : new CpuTensor[xs.size()];
    for (int m = 0; m < touched.length; m++) {
      touched[m] = norms.x(m);
    }
    lanes.chain().add(this, first.samples());
  }

  @Override
  public CpuTensor[] touched() {
    return touched;
  }

  @Override
  public void run(Lane lane, int from, int to) {
    int channels = norms.x(0).channels();
    int length = Channels.tile(channels);
    for (int m = 0; m < norms.size(); m++) {
      norms.repeat(m, SelectNorms.A, lane.tile(1, length), length);
      norms.repeat(m, SelectNorms.B, lane.tile(2, length), length);
      for (int n = from; n < to; n++) {
        sample(lane, m, n, length);
      }
    }
  }

  private void sample(Lane lane, int m, int n, int length) {
    CpuTensor x = norms.x(m);
    int channels = x.channels();
    int perSample = x.perSample();
    float[] tile = lane.tile(0, length);
    float[] count = lane.tile(3, length);
    float[] sum = lane.tile(4, length);
    java.util.Arrays.fill(count, 0, length, 0f);
    java.util.Arrays.fill(sum, 0, length, 0f);
    for (int i = 0; i < perSample; i += length) {
      int part = Math.min(length, perSample - i);
      x.floats.get(n * perSample + i, tile, 0, part);
      Kernels.counts(count, sum, tile, lane.tile(1, length), lane.tile(2, length), part);
    }
    Channels.fold(count, tile, channels, length);
    Channels.fold(sum, tile, channels, length);
    int place = 2 * (n * norms.size() + m) * channels;
    counts.floats.put(place, count, 0, channels);
    counts.floats.put(place + channels, sum, 0, channels);
  }
}
