package dev.selkie.cpu;

import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Tensor;
import java.util.List;

/**
 * out = sum over m of weights_m relu(a_m x_m + b_m), or of weights_m x_m in inference. A weight is
 * never negative, so it moves into the ReLU: {@code max(0, (w a) x + w b)}. One read of each
 * branch, one write.
 */
final class SelectForward implements Link {
  private final Lanes lanes;
  private final SelectNorms norms = new SelectNorms();
  private CpuTensor[] touched = new CpuTensor[0];
  private CpuTensor out;
  private CpuTensor weights;
  private float floor;

  SelectForward(Lanes lanes) {
    this.lanes = lanes;
  }

  void chain(CpuTensor output, List<Tensor> xs, Selection selection) {
    norms.inputs(xs, output);
    norms.statistics(selection);
    chain(output, selection, 0f);
  }

  void chainInference(CpuTensor output, List<Tensor> xs, Selection selection) {
    norms.inputs(xs, output);
    norms.identities();
    chain(output, selection, Float.NEGATIVE_INFINITY);
  }

  private void chain(CpuTensor output, Selection selection, float smallest) {
    out = output;
    weights = CpuTensor.cpu(selection.weights());
    floor = smallest;
    touched = touched.length > norms.size() ? touched : new CpuTensor[1 + norms.size()];
    touched[0] = out;
    for (int m = 0; m < norms.size(); m++) {
      touched[1 + m] = norms.x(m);
    }
    lanes.chain().add(this, out.samples());
  }

  @Override
  public CpuTensor[] touched() {
    return touched;
  }

  @Override
  public int written() {
    return 1;
  }

  @Override
  public void run(Lane lane, int from, int to) {
    int perSample = out.perSample();
    int length = Channels.tile(out.channels());
    float[] sum = lane.tile(0, length);
    for (int n = from; n < to; n++) {
      for (int m = 0; m < norms.size(); m++) {
        coefficients(lane, m, n, length);
      }
      for (int i = 0; i < perSample; i += length) {
        int part = Math.min(length, perSample - i);
        for (int m = 0; m < norms.size(); m++) {
          add(lane, m, n * perSample + i, part);
        }
        out.floats.put(n * perSample + i, sum, 0, part);
      }
    }
  }

  private void add(Lane lane, int m, int start, int count) {
    float[] sum = lane.tile(0, count);
    float[] x = lane.tile(1, count);
    float[] a = lane.tile(2 + 2 * m, count);
    float[] b = lane.tile(3 + 2 * m, count);
    norms.x(m).floats.get(start, x, 0, count);
    if (m == 0) {
      Kernels.affine(sum, x, a, b, floor, count);
    } else {
      Kernels.affineAccumulate(sum, x, a, b, floor, count);
    }
  }

  /** w a and w b of one sample and branch. */
  private void coefficients(Lane lane, int m, int n, int length) {
    int channels = out.channels();
    float[] a = lane.tile(2 + 2 * m, length);
    float[] b = lane.tile(3 + 2 * m, length);
    float[] weight = lane.tile(1, length);
    weights.floats.get((n * norms.size() + m) * channels, weight, 0, channels);
    for (int c = 0; c < channels; c++) {
      a[c] = weight[c] * norms.get(m, SelectNorms.A, c);
      b[c] = weight[c] * norms.get(m, SelectNorms.B, c);
    }
    Channels.repeat(a, channels, length);
    Channels.repeat(b, channels, length);
  }
}
