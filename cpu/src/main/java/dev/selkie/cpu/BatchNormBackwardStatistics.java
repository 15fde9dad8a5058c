package dev.selkie.cpu;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Excitation;

/**
 * From the sums of g and g x per sample: the gradients of scale and shift, and B and K of {@code dx
 * = A g + B x + K}.
 *
 * <p>With a gate s and the squeeze's gradient dz, the norm's output has the gradient {@code s g +
 * dz / P}, so dShift = sum of s G1 + dz and dScale = inverse * sum of s (G2 - mean G1) + dz (m -
 * mean), with m the sample's own mean.
 */
final class BatchNormBackwardStatistics {
  private float[] sums = new float[0];
  private float[] moments = new float[0];
  private float[] gates = new float[0];
  private float[] dSqueezes = new float[0];

  /** dGate = sum of g (a x + b), for the excitation that scales this norm's output. */
  static void gateGradient(BatchNorm norm, Excitation excitation) {
    CpuTensor sums = CpuTensor.cpu(norm.sums());
    CpuTensor statistics = CpuTensor.cpu(norm.statistics());
    CpuTensor shift = CpuTensor.cpu(norm.shift().value());
    CpuTensor dGate = CpuTensor.cpu(excitation.dGate());
    int channels = dGate.channels();
    for (int n = 0; n < dGate.samples(); n++) {
      for (int c = 0; c < channels; c++) {
        double g1 = sums.floats.get(2 * n * channels + c);
        double g2 = sums.floats.get((2 * n + 1) * channels + c);
        double mean = statistics.floats.get(c);
        double a = statistics.floats.get(2 * channels + c);
        double value = a * (g2 - mean * g1) + shift.floats.get(c) * g1;
        dGate.floats.put(n * channels + c, (float) value);
      }
    }
  }

  /**
   * @param excitation that scales the norm's output, its {@code dSqueeze} already written; or null
   */
  void run(BatchNorm norm, Excitation excitation, int positions) {
    CpuTensor statistics = CpuTensor.cpu(norm.statistics());
    CpuTensor source = CpuTensor.cpu(norm.sums());
    int samples = source.samples();
    int channels = statistics.channels();
    sums = load(sums, source);
    if (excitation != null) {
      moments = load(moments, CpuTensor.cpu(norm.moments()));
      gates = load(gates, CpuTensor.cpu(excitation.gate()));
      dSqueezes = load(dSqueezes, CpuTensor.cpu(excitation.dSqueeze()));
    }
    for (int c = 0; c < channels; c++) {
      double mean = statistics.floats.get(c);
      double shift = 0;
      double scale = 0;
      for (int n = 0; n < samples; n++) {
        double g1 = sums[2 * n * channels + c];
        double g2 = sums[(2 * n + 1) * channels + c] - mean * g1;
        if (excitation != null) {
          double gate = gates[n * channels + c];
          double dz = dSqueezes[n * channels + c];
          g1 = gate * g1 + dz;
          g2 = gate * g2 + dz * (moments[2 * n * channels + c] - mean);
        }
        shift += g1;
        scale += g2;
      }
      write(norm, statistics, c, shift, scale, (double) samples * positions);
    }
  }

  /**
   * Gradients and coefficients of channel c.
   *
   * @param sum of the gradient times x less its mean
   */
  static void write(
      BatchNorm norm, CpuTensor statistics, int c, double dShift, double sum, double count) {
    int channels = statistics.channels();
    double mean = statistics.floats.get(c);
    double inverse = statistics.floats.get(channels + c);
    double a = statistics.floats.get(2 * channels + c);
    double dScale = inverse * sum;
    double b = -a * inverse * dScale / count;
    CpuTensor coefficients = CpuTensor.cpu(norm.coefficients());
    coefficients.floats.put(c, (float) b);
    coefficients.floats.put(channels + c, (float) (-a * dShift / count - b * mean));
    add(CpuTensor.cpu(norm.scale().gradient()), c, dScale);
    add(CpuTensor.cpu(norm.shift().gradient()), c, dShift);
  }

  private static void add(CpuTensor target, int index, double value) {
    target.floats.put(index, (float) (target.floats.get(index) + value));
  }

  private static float[] load(float[] into, CpuTensor source) {
    float[] values = into.length >= source.count() ? into : new float[source.count()];
    source.floats.get(0, values, 0, source.count());
    return values;
  }
}
