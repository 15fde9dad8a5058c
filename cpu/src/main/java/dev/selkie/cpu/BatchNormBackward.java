package dev.selkie.cpu;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;

/**
 * The apply pass of a batch norm's gradient: {@code dx = A g + B x + K}, with {@code A = gate a}
 * and {@code K} raised by {@code a dSqueeze / P} where an excitation follows; and the residual's
 * gradient, g itself or the same behind the residual's own norm. One read, one write.
 *
 * <p>g is dOut where the output is positive. The mask's bits are neither written nor read here: to
 * expand them costs more than reading the output.
 */
final class BatchNormBackward implements Link {
  private final CpuTensor[] touched = new CpuTensor[6];
  private final Lanes lanes;
  private CpuTensor dx;
  private CpuTensor dResidual;
  private CpuTensor dOut;
  private CpuTensor out;
  private CpuTensor x;
  private CpuTensor residual;
  private CpuTensor gate;
  private CpuTensor dSqueeze;
  private final Line line = new Line();
  private final Line residualLine = new Line();

  /** a, B and K by channel. */
  private static final class Line {
    private float[] values = new float[0];

    void load(BatchNorm norm, int channels) {
      values = values.length >= 3 * channels ? values : new float[3 * channels];
      CpuTensor.cpu(norm.statistics()).floats.get(2 * channels, values, 0, channels);
      CpuTensor.cpu(norm.coefficients()).floats.get(0, values, channels, 2 * channels);
    }

    void repeat(int row, float[] into, int channels, int length) {
      System.arraycopy(values, row * channels, into, 0, channels);
      Channels.repeat(into, channels, length);
    }
  }

  BatchNormBackward(Lanes lanes) {
    this.lanes = lanes;
  }

  /**
   * @param residualGradient null without a residual
   * @param output that masks the gradient, or null where nothing is left to mask
   */
  void run(
      CpuTensor inputGradient,
      CpuTensor residualGradient,
      CpuTensor outputGradient,
      CpuTensor output,
      CpuTensor input,
      CpuTensor added,
      Epilogue epilogue) {
    Excitation excitation = epilogue.excitation();
    dx = inputGradient;
    dResidual = residualGradient;
    dOut = outputGradient;
    out = output;
    x = input;
    residual = epilogue.residualNorm() == null ? null : added;
    gate = excitation == null ? null : CpuTensor.cpu(excitation.gate());
    dSqueeze = excitation == null ? null : CpuTensor.cpu(excitation.dSqueeze());
    line.load(epilogue.norm(), x.channels());
    if (residual != null) {
      residualLine.load(epilogue.residualNorm(), x.channels());
    }
    touched[0] = dx;
    touched[1] = dResidual;
    touched[2] = dOut;
    touched[3] = out;
    touched[4] = x;
    touched[5] = residual;
    lanes.chain().add(this, x.samples());
  }

  @Override
  public CpuTensor[] touched() {
    return touched;
  }

  @Override
  public int written() {
    return 2;
  }

  @Override
  public void run(Lane lane, int from, int to) {
    int channels = x.channels();
    int perSample = x.perSample();
    int length = Channels.tile(channels);
    for (int row = 0; row < 3; row++) {
      line.repeat(row, lane.tile(3 + row, length), channels, length);
      if (residual != null) {
        residualLine.repeat(row, lane.tile(6 + row, length), channels, length);
      }
    }
    for (int n = from; n < to; n++) {
      if (gate != null) {
        excite(lane, n, length);
      }
      for (int i = 0; i < perSample; i += length) {
        tile(lane, n * perSample + i, Math.min(length, perSample - i), length);
      }
    }
  }

  private void tile(Lane lane, int start, int count, int length) {
    float[] g = lane.tile(0, length);
    float[] other = lane.tile(1, length);
    float[] result = lane.tile(2, length);
    dOut.floats.get(start, g, 0, count);
    if (out != null) {
      out.floats.get(start, other, 0, count);
      Kernels.mask(g, g, other, count);
    }
    x.floats.get(start, other, 0, count);
    apply(lane, 3, result, g, other, count);
    dx.floats.put(start, result, 0, count);
    if (residual != null) {
      residual.floats.get(start, other, 0, count);
      apply(lane, 6, g, g, other, count);
    }
    if (dResidual != null && (dResidual != dOut || residual != null || out != null)) {
      dResidual.floats.put(start, g, 0, count);
    }
  }

  private static void apply(Lane lane, int first, float[] y, float[] g, float[] x, int count) {
    float[] a = lane.tile(first, count);
    float[] b = lane.tile(first + 1, count);
    float[] k = lane.tile(first + 2, count);
    Kernels.gradient(y, g, x, a, b, k, count);
  }

  /** A = gate a and K + a dSqueeze / P, for one sample. */
  private void excite(Lane lane, int n, int length) {
    int channels = x.channels();
    float[] a = lane.tile(3, length);
    float[] k = lane.tile(5, length);
    float[] gates = lane.tile(9, channels);
    float[] dz = lane.tile(10, channels);
    float share = 1f / x.shape().positions();
    gate.floats.get(n * channels, gates, 0, channels);
    dSqueeze.floats.get(n * channels, dz, 0, channels);
    for (int c = 0; c < channels; c++) {
      a[c] = gates[c] * line.values[c];
      k[c] = line.values[2 * channels + c] + line.values[c] * share * dz[c];
    }
    Channels.repeat(a, channels, length);
    Channels.repeat(k, channels, length);
  }
}
