package dev.selkie.cpu;

import dev.selkie.annotation.Activation;

/**
 * y = act(A x + B + R r), with coefficients by channel that a gate may scale sample by sample:
 * {@code A = gate a, B = gate b + share offset + rb}. One read and one write, whatever of it is
 * present.
 */
final class ChannelAffine implements Link {
  private final CpuTensor[] touched = new CpuTensor[3];
  private final Lanes lanes;
  private CpuTensor y;
  private CpuTensor x;
  private CpuTensor residual;
  private CpuTensor gate;
  private CpuTensor offset;
  private float share;
  private boolean hasNorm;
  private boolean hasResidualNorm;
  private Activation activation;

  /** a behind b, by channel. */
  private float[] norm = new float[0];

  private float[] residualNorm = new float[0];

  ChannelAffine(Lanes lanes) {
    this.lanes = lanes;
  }

  /** Begins y = x; what follows adds to it. */
  ChannelAffine of(CpuTensor output, CpuTensor input) {
    y = output;
    x = input;
    residual = null;
    gate = null;
    offset = null;
    hasNorm = false;
    hasResidualNorm = false;
    activation = Activation.NONE;
    return this;
  }

  /** a and b from statistics that {@code batchNormStatistics} wrote, or null for none. */
  ChannelAffine norm(CpuTensor statistics) {
    norm = load(norm, statistics);
    hasNorm = true;
    return this;
  }

  /** a behind b, to be filled in by the caller. */
  float[] norm() {
    hasNorm = true;
    norm = ensure(norm, 2 * x.channels());
    return norm;
  }

  /** Scales by sample and channel; null for none. */
  ChannelAffine gate(CpuTensor gates) {
    gate = gates;
    return this;
  }

  /** Adds by sample and channel. */
  ChannelAffine offset(CpuTensor offsets, float shareOfThem) {
    offset = offsets;
    share = shareOfThem;
    return this;
  }

  /** Adds a tensor, behind its own norm where {@code statistics} is not null. */
  ChannelAffine residual(CpuTensor added, CpuTensor statistics) {
    residual = added;
    if (statistics != null) {
      residualNorm = load(residualNorm, statistics);
      hasResidualNorm = true;
    }
    return this;
  }

  /** Runs at once. */
  void run(Activation function) {
    activation = function;
    lanes.run(this, y.samples());
  }

  /** Runs with the verbs around it. */
  void chain(Activation function) {
    activation = function;
    touched[0] = y;
    touched[1] = x;
    touched[2] = residual;
    lanes.chain().add(this, y.samples());
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
    int channels = x.channels();
    int perSample = x.perSample();
    int length = Channels.tile(channels);
    float[] a = lane.tile(0, length);
    float[] b = lane.tile(1, length);
    float[] scale = lane.tile(2, length);
    if (hasResidualNorm) {
      System.arraycopy(residualNorm, 0, scale, 0, channels);
      Channels.repeat(scale, channels, length);
    }
    for (int n = from; n < to; n++) {
      if (n == from || gate != null || offset != null) {
        coefficients(lane, n, a, b);
        Channels.repeat(a, channels, length);
        Channels.repeat(b, channels, length);
      }
      int start = n * perSample;
      for (int i = 0; i < perSample; i += length) {
        tile(lane, start + i, Math.min(length, perSample - i), length);
      }
    }
  }

  private void tile(Lane lane, int start, int count, int length) {
    float[] a = lane.tile(0, length);
    float[] b = lane.tile(1, length);
    float[] values = lane.tile(3, length);
    float floor = activation == Activation.RELU ? 0f : Float.NEGATIVE_INFINITY;
    x.floats.get(start, values, 0, count);
    if (residual == null) {
      Kernels.affine(values, values, a, b, floor, count);
    } else {
      float[] added = lane.tile(4, length);
      residual.floats.get(start, added, 0, count);
      if (hasResidualNorm) {
        Kernels.scale(added, added, lane.tile(2, length), count);
      }
      Kernels.affineAdd(values, values, a, b, added, floor, count);
    }
    if (activation == Activation.SIGMOID) {
      Elementwise.sigmoid(values, values, values, count);
    }
    y.floats.put(start, values, 0, count);
  }

  private void coefficients(Lane lane, int n, float[] a, float[] b) {
    int channels = x.channels();
    float[] factor = lane.tile(5, channels);
    if (gate == null) {
      java.util.Arrays.fill(factor, 0, channels, 1f);
    } else {
      gate.floats.get(n * channels, factor, 0, channels);
    }
    for (int c = 0; c < channels; c++) {
      a[c] = hasNorm ? factor[c] * norm[c] : factor[c];
      b[c] = hasNorm ? factor[c] * norm[channels + c] : 0f;
    }
    if (offset != null) {
      offset.floats.get(n * channels, factor, 0, channels);
      for (int c = 0; c < channels; c++) {
        b[c] += share * factor[c];
      }
    }
    if (hasResidualNorm) {
      for (int c = 0; c < channels; c++) {
        b[c] += residualNorm[channels + c];
      }
    }
  }

  private float[] load(float[] into, CpuTensor statistics) {
    int channels = x.channels();
    float[] values = ensure(into, 2 * channels);
    statistics.floats.get(2 * channels, values, 0, 2 * channels);
    return values;
  }

  private static float[] ensure(float[] values, int length) {
    return values.length >= length ? values : new float[length];
  }
}
