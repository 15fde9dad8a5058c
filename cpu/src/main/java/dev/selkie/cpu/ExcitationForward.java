package dev.selkie.cpu;

import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Parameter;

/** The two small layers of squeeze-and-excitation: from the squeeze to hidden units and gate. */
final class ExcitationForward implements Lanes.Work {
  private final Lanes lanes;
  private Excitation excitation;
  private float[] weight1 = new float[0];
  private float[] weight2 = new float[0];
  private float[] bias1 = new float[0];
  private float[] bias2 = new float[0];

  ExcitationForward(Lanes lanes) {
    this.lanes = lanes;
  }

  /** Squeeze of a normalised tensor, {@code a mean(x) + b}, from the norm's own moments. */
  static void squeeze(CpuTensor squeeze, CpuTensor moments, CpuTensor statistics) {
    int channels = squeeze.channels();
    for (int n = 0; n < squeeze.samples(); n++) {
      for (int c = 0; c < channels; c++) {
        // beta + a (mean of the sample - mean of the batch): b alone would cancel.
        float a = statistics.floats.get(2 * channels + c);
        float b = statistics.floats.get(3 * channels + c);
        float mean = moments.floats.get(2 * n * channels + c);
        squeeze.floats.put(n * channels + c, Math.fma(a, mean, b));
      }
    }
  }

  /** Hidden units and gate from the squeeze. */
  void run(Excitation units) {
    excitation = units;
    weight1 = load(weight1, units.weight1());
    weight2 = load(weight2, units.weight2());
    bias1 = load(bias1, units.bias1());
    bias2 = load(bias2, units.bias2());
    lanes.run(this, CpuTensor.cpu(units.squeeze()).samples());
  }

  @Override
  public void run(Lane lane, int from, int to) {
    CpuTensor squeeze = CpuTensor.cpu(excitation.squeeze());
    CpuTensor hidden = CpuTensor.cpu(excitation.hidden());
    CpuTensor gate = CpuTensor.cpu(excitation.gate());
    int channels = squeeze.channels();
    int units = hidden.channels();
    float[] z = lane.tile(0, channels);
    float[] h = lane.tile(1, units);
    for (int n = from; n < to; n++) {
      squeeze.floats.get(n * channels, z, 0, channels);
      for (int r = 0; r < units; r++) {
        double sum = dot(weight1, r * channels, z, channels);
        h[r] = (float) Math.max(0, sum + (excitation.bias1() == null ? 0 : bias1[r]));
      }
      hidden.floats.put(n * units, h, 0, units);
      for (int c = 0; c < channels; c++) {
        double sum = dot(weight2, c * units, h, units);
        sum += excitation.bias2() == null ? 0 : bias2[c];
        z[c] = (float) gate(sum);
      }
      gate.floats.put(n * channels, z, 0, channels);
    }
  }

  private double gate(double value) {
    return switch (excitation.function()) {
      case SIGMOID -> 1 / (1 + Math.exp(-value));
      case TANH -> Math.tanh(value);
      case RELU -> Math.max(0, value);
    };
  }

  /** The parameter's values in {@code into} or a larger array; a null parameter has none. */
  static float[] load(float[] into, Parameter parameter) {
    if (parameter == null) {
      return into;
    }
    CpuTensor value = CpuTensor.cpu(parameter.value());
    float[] values = into.length >= value.count() ? into : new float[value.count()];
    value.floats.get(0, values, 0, value.count());
    return values;
  }

  /** Of a row of the weights with x, in double. */
  static double dot(float[] weight, int start, float[] x, int n) {
    double even = 0;
    double odd = 0;
    int i = 0;
    for (; i + 1 < n; i += 2) {
      even += (double) weight[start + i] * x[i];
      odd += (double) weight[start + i + 1] * x[i + 1];
    }
    return i < n ? even + odd + (double) weight[start + i] * x[i] : even + odd;
  }
}
