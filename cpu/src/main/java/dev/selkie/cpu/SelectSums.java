package dev.selkie.cpu;

import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Tensor;
import java.util.List;

/**
 * For each branch, sample and channel: the sums over space of what its ReLU lets through of dOut,
 * and of that times x. One read of dOut and of each branch.
 */
final class SelectSums implements Link {
  /** Tiles of one branch: two coefficients, two sums. */
  private static final int TILES = 4;

  private final Lanes lanes;
  private final SelectNorms norms = new SelectNorms();
  private CpuTensor[] touched = new CpuTensor[0];
  private CpuTensor sums;
  private CpuTensor dOut;

  SelectSums(Lanes lanes) {
    this.lanes = lanes;
  }

  void run(Selection selection, CpuTensor gradient, List<Tensor> xs) {
    dOut = gradient;
    sums = CpuTensor.cpu(selection.sums());
    norms.inputs(xs, dOut);
    norms.statistics(selection);
    touched = touched.length > norms.size() ? touched : new CpuTensor[1 + norms.size()];
    touched[0] = dOut;
    for (int m = 0; m < norms.size(); m++) {
      touched[1 + m] = norms.x(m);
    }
    lanes.chain().add(this, dOut.samples());
  }

  @Override
  public CpuTensor[] touched() {
    return touched;
  }

  @Override
  public void run(Lane lane, int from, int to) {
    int perSample = dOut.perSample();
    int length = Channels.tile(dOut.channels());
    for (int m = 0; m < norms.size(); m++) {
      norms.repeat(m, SelectNorms.A, lane.tile(2 + TILES * m, length), length);
      norms.repeat(m, SelectNorms.B, lane.tile(3 + TILES * m, length), length);
    }
    for (int n = from; n < to; n++) {
      for (int m = 0; m < norms.size(); m++) {
        java.util.Arrays.fill(lane.tile(4 + TILES * m, length), 0, length, 0f);
        java.util.Arrays.fill(lane.tile(5 + TILES * m, length), 0, length, 0f);
      }
      for (int i = 0; i < perSample; i += length) {
        tile(lane, n * perSample + i, Math.min(length, perSample - i));
      }
      for (int m = 0; m < norms.size(); m++) {
        int place = 2 * (n * norms.size() + m);
        finish(lane, 4 + TILES * m, place, length);
        finish(lane, 5 + TILES * m, place + 1, length);
      }
    }
  }

  private void tile(Lane lane, int start, int count) {
    float[] g = lane.tile(0, count);
    float[] x = lane.tile(1, count);
    dOut.floats.get(start, g, 0, count);
    for (int m = 0; m < norms.size(); m++) {
      int first = 2 + TILES * m;
      norms.x(m).floats.get(start, x, 0, count);
      Kernels.maskedSums(
          lane.tile(first + 2, count),
          lane.tile(first + 3, count),
          g,
          x,
          lane.tile(first, count),
          lane.tile(first + 1, count),
          count);
    }
  }

  private void finish(Lane lane, int id, int row, int length) {
    int channels = dOut.channels();
    float[] sum = lane.tile(id, length);
    Channels.fold(sum, lane.tile(0, length), channels, length);
    sums.floats.put(row * channels, sum, 0, channels);
  }
}
