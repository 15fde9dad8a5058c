package dev.selkie.cpu;

import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Tensor;
import java.util.List;

/**
 * dx_m = M_m (a_m weights_m dOut + a_m dSqueeze / P) + B_m x_m + K_m for every branch. One read of
 * dOut and of each branch, one write of each gradient.
 */
final class SelectBackward implements Link {
  /** Tiles of one branch: a, b, B, K, and for one sample a weight and a dSqueeze / P. */
  private static final int TILES = 6;

  private static final int WEIGHT = 4;
  private static final int SHARE = 5;

  private final Lanes lanes;
  private final SelectNorms norms = new SelectNorms();

  /** The gradients, dOut, the branches. */
  private CpuTensor[] touched = new CpuTensor[0];

  private CpuTensor dOut;
  private CpuTensor weights;
  private CpuTensor dSqueeze;

  SelectBackward(Lanes lanes) {
    this.lanes = lanes;
  }

  void run(List<Tensor> dxs, CpuTensor gradient, List<Tensor> xs, Selection selection) {
    dOut = gradient;
    weights = CpuTensor.cpu(selection.weights());
    dSqueeze = CpuTensor.cpu(selection.dSqueeze());
    norms.inputs(xs, dOut);
    norms.statistics(selection);
    norms.coefficients(selection);
    int size = norms.size();
    touched = touched.length == 2 * size + 1 ? touched : new CpuTensor[2 * size + 1];
    for (int m = 0; m < size; m++) {
      touched[m] = CpuTensor.cpu(dxs.get(m));
      touched[size + 1 + m] = norms.x(m);
    }
    touched[size] = dOut;
    lanes.chain().add(this, dOut.samples());
  }

  @Override
  public CpuTensor[] touched() {
    return touched;
  }

  @Override
  public int written() {
    return norms.size();
  }

  @Override
  public void run(Lane lane, int from, int to) {
    int perSample = dOut.perSample();
    int length = Channels.tile(dOut.channels());
    for (int m = 0; m < norms.size(); m++) {
      for (int row = 0; row < WEIGHT; row++) {
        norms.repeat(m, row, lane.tile(3 + TILES * m + row, length), length);
      }
    }
    for (int n = from; n < to; n++) {
      for (int m = 0; m < norms.size(); m++) {
        coefficients(lane, m, n, length);
      }
      for (int i = 0; i < perSample; i += length) {
        tile(lane, n * perSample + i, Math.min(length, perSample - i));
      }
    }
  }

  private void tile(Lane lane, int start, int count) {
    float[] g = lane.tile(0, count);
    float[] x = lane.tile(1, count);
    float[] u = lane.tile(2, count);
    dOut.floats.get(start, g, 0, count);
    for (int m = 0; m < norms.size(); m++) {
      int first = 3 + TILES * m;
      norms.x(m).floats.get(start, x, 0, count);
      Kernels.passes(
          u,
          x,
          lane.tile(first + SelectNorms.A, count),
          lane.tile(first + SelectNorms.B, count),
          count);
      Kernels.reached(
          u, g, lane.tile(first + WEIGHT, count), lane.tile(first + SHARE, count), count);
      Kernels.gradient(
          u,
          u,
          x,
          lane.tile(first + SelectNorms.SLOPE, count),
          lane.tile(first + SelectNorms.CONSTANT, count),
          count);
      touched[m].floats.put(start, u, 0, count);
    }
  }

  /** a weight and a dSqueeze / P of one sample and branch. */
  private void coefficients(Lane lane, int m, int n, int length) {
    int channels = dOut.channels();
    float share = 1f / dOut.shape().positions();
    float[] weight = lane.tile(3 + TILES * m + WEIGHT, length);
    float[] rest = lane.tile(3 + TILES * m + SHARE, length);
    weights.floats.get((n * norms.size() + m) * channels, weight, 0, channels);
    dSqueeze.floats.get(n * channels, rest, 0, channels);
    for (int c = 0; c < channels; c++) {
      float a = norms.get(m, SelectNorms.A, c);
      weight[c] *= a;
      rest[c] *= a * share;
    }
    Channels.repeat(weight, channels, length);
    Channels.repeat(rest, channels, length);
  }
}
