package dev.selkie.cpu;

/**
 * Per sample and channel the sums over space of g, of g x and of g r, in one read, where g is
 * masked by a ReLU if there is one.
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

  /** a behind b of the norm whose sign is the mask; used where there is a ReLU but no output. */
  private float[] line = new float[0];

  private boolean hasLine;

  /** What holds g, masked, since the last sums of a norm; or null. */
  private CpuTensor masked;

  ChannelSums(Lanes lanes) {
    this.lanes = lanes;
  }

  /** sums(n, c) = share * sum of g. */
  void mean(CpuTensor sums, CpuTensor values, float shareOfSum) {
    lanes.chain().release(this).set(sums, null, values, null, null, null, shareOfSum);
    hasLine = false;
    lanes.run(this, values.samples());
  }

  /** sums(n, c) = sum of g x. */
  void products(CpuTensor sums, CpuTensor values, CpuTensor factors) {
    lanes.chain().release(this).set(sums, null, values, null, factors, null, 1f);
    hasLine = false;
    lanes.run(this, values.samples());
  }

  /**
   * The sums of g and of g x for a norm, and of g and g r for that of the residual. Where there is
   * a mask, g is left in dOut: that is in cache here, and need not be masked again.
   *
   * @param output of the ReLU, or null without one
   * @param statistics of the norm, where the output is {@code max(0, a x + b)} and no more: the
   *     mask is then taken from that, which is the forward's own arithmetic, and the output is not
   *     read; else null
   */
  void norms(
      CpuTensor sums,
      CpuTensor residualSums,
      CpuTensor dOut,
      CpuTensor output,
      CpuTensor input,
      CpuTensor residual,
      CpuTensor statistics) {
    hasLine = output != null && statistics != null;
    if (hasLine) {
      int channels = dOut.channels();
      line = line.length >= 2 * channels ? line : new float[2 * channels];
      statistics.floats.get(2 * channels, line, 0, 2 * channels);
    }
    CpuTensor read = hasLine ? null : output;
    set(sums, residualSums, dOut, read, input, residualSums == null ? null : residual, 1f);
    masked = output == null ? null : dOut;
    lanes.chain().add(this, dOut.samples());
  }

  /** Whether the gradient was masked by the last sums; asked once. */
  boolean takeMasked(CpuTensor gradient) {
    boolean result = masked == gradient;
    masked = null;
    return result;
  }

  @Override
  public CpuTensor[] touched() {
    return touched;
  }

  /** Writes g where it masks it; sums of other verbs have no mask. */
  @Override
  public int written() {
    return masks() ? 1 : 0;
  }

  private boolean masks() {
    return out != null || hasLine;
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
    if (hasLine) {
      for (int row = 0; row < 2; row++) {
        float[] repeated = lane.tile(6 + row, length);
        System.arraycopy(line, row * g.channels(), repeated, 0, g.channels());
        Channels.repeat(repeated, g.channels(), length);
      }
    }
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
    if (x != null) {
      x.floats.get(start, other, 0, count);
    }
    if (hasLine) {
      float[] b = lane.tile(7, length);
      Kernels.maskLine(gradient, gradient, other, lane.tile(6, length), b, count);
    }
    if (masks()) {
      g.floats.put(start, gradient, 0, count);
    }
    if (x == null) {
      Kernels.accumulate(lane.tile(3, length), gradient, count);
    } else {
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
