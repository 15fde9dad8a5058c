package dev.selkie.cpu;

/**
 * Per sample and channel the sums over space of g, of g x and of g r, in one read, where g is
 * masked by the output of a ReLU if there is one.
 */
final class ChannelSums implements Link {
  private final CpuTensor[] touched = new CpuTensor[4];
  private final Lanes lanes;
  private CpuTensor g;
  private CpuTensor out;
  private CpuTensor x;
  private CpuTensor r;
  private CpuTensor target;
  private CpuTensor residualTarget;
  private float share;

  ChannelSums(Lanes lanes) {
    this.lanes = lanes;
  }

  /** sums(n, c) = share * sum of g. */
  void mean(CpuTensor sums, CpuTensor values, float shareOfSum) {
    Checks.perChannel("a sum over positions", sums, values, 1);
    lanes.chain().release(this).set(sums, null, values, null, null, null, shareOfSum);
    lanes.run(this, values.samples());
  }

  /** sums(n, c) = sum of g x. */
  void products(CpuTensor sums, CpuTensor values, CpuTensor factors) {
    Checks.same("a product", values, factors);
    Checks.perChannel("a sum over positions", sums, values, 1);
    lanes.chain().release(this).set(sums, null, values, null, factors, null, 1f);
    lanes.run(this, values.samples());
  }

  /**
   * The sums of g and of g x for a norm, and of g and g r for that of the residual.
   *
   * @param output of the ReLU, or null without one
   */
  void norms(
      CpuTensor sums,
      CpuTensor residualSums,
      CpuTensor dOut,
      CpuTensor output,
      CpuTensor input,
      CpuTensor residual) {
    Checks.same("batchNormBackwardSums", dOut, input);
    Checks.perChannel("batchNormBackwardSums", sums, dOut, 2);
    if (output != null) {
      Checks.same("batchNormBackwardSums", dOut, output);
    }
    if (residualSums != null) {
      Checks.same("batchNormBackwardSums", dOut, residual);
      Checks.perChannel("batchNormBackwardSums", residualSums, dOut, 2);
    }
    set(sums, residualSums, dOut, output, input, residualSums == null ? null : residual, 1f);
    lanes.chain().add(this, dOut.samples());
  }

  @Override
  public CpuTensor[] touched() {
    return touched;
  }

  private void set(
      CpuTensor sums,
      CpuTensor residualSums,
      CpuTensor gradient,
      CpuTensor output,
      CpuTensor input,
      CpuTensor residual,
      float shareOfSum) {
    target = sums;
    residualTarget = residualSums;
    g = gradient;
    out = output;
    x = input;
    r = residual;
    share = shareOfSum;
    touched[0] = gradient;
    touched[1] = output;
    touched[2] = input;
    touched[3] = residual;
  }

  @Override
  public void run(Lane lane, int from, int to) {
    int perSample = g.perSample();
    int length = Channels.tile(g.channels());
    for (int n = from; n < to; n++) {
      java.util.Arrays.fill(lane.tile(3, length), 0, length, 0f);
      java.util.Arrays.fill(lane.tile(4, length), 0, length, 0f);
      java.util.Arrays.fill(lane.tile(5, length), 0, length, 0f);
      for (int i = 0; i < perSample; i += length) {
        tile(lane, n * perSample + i, Math.min(length, perSample - i), length);
      }
      finish(lane, n, length);
    }
  }

  private void tile(Lane lane, int start, int count, int length) {
    float[] gradient = lane.tile(0, length);
    float[] other = lane.tile(1, length);
    g.floats.get(start, gradient, 0, count);
    if (out != null) {
      out.floats.get(start, other, 0, count);
      Kernels.mask(gradient, gradient, other, count);
    }
    if (x == null) {
      Kernels.accumulate(lane.tile(3, length), gradient, count);
    } else {
      x.floats.get(start, other, 0, count);
      Kernels.sums(lane.tile(3, length), lane.tile(4, length), gradient, other, count);
    }
    if (r != null) {
      r.floats.get(start, other, 0, count);
      Kernels.products(lane.tile(5, length), gradient, other, count);
    }
  }

  private void finish(Lane lane, int n, int length) {
    int channels = g.channels();
    float[] sum = fold(lane, 3, length);
    float[] products = fold(lane, 4, length);
    if (target.count() == 2 * g.samples() * channels) {
      target.floats.put(2 * n * channels, sum, 0, channels);
      target.floats.put((2 * n + 1) * channels, products, 0, channels);
    } else {
      float[] only = x == null ? sum : products;
      for (int c = 0; c < channels; c++) {
        only[c] *= share;
      }
      target.floats.put(n * channels, only, 0, channels);
    }
    if (residualTarget != null) {
      residualTarget.floats.put(2 * n * channels, sum, 0, channels);
      residualTarget.floats.put((2 * n + 1) * channels, fold(lane, 5, length), 0, channels);
    }
  }

  private float[] fold(Lane lane, int id, int length) {
    float[] values = lane.tile(id, length);
    Channels.fold(values, lane.tile(0, length), g.channels(), length);
    return values;
  }
}
