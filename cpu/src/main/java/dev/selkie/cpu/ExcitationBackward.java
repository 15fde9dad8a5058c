package dev.selkie.cpu;

import dev.selkie.annotation.Gate;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Parameter;

/**
 * From the gate's gradient to those of both layers and of the squeeze: {@code q = dGate slope,
 * dHidden = W2' q where hidden > 0, dSqueeze = W1' dHidden}.
 */
final class ExcitationBackward {
  private final Lanes lanes;
  private final Lanes.Work perSample = this::samples;
  private final Lanes.Work perChannel = this::channels;
  private Excitation excitation;
  private float[] weight1 = new float[0];
  private float[] weight2 = new float[0];
  private float[] squeeze = new float[0];
  private float[] hidden = new float[0];
  private float[] dLogit = new float[0];
  private float[] dHidden = new float[0];

  ExcitationBackward(Lanes lanes) {
    this.lanes = lanes;
  }

  /** Adds to the layers' gradients; writes {@code dSqueeze}. */
  void run(Excitation units) {
    excitation = units;
    CpuTensor z = CpuTensor.cpu(units.squeeze());
    CpuTensor h = CpuTensor.cpu(units.hidden());
    weight1 = ExcitationForward.load(weight1, units.weight1());
    weight2 = ExcitationForward.load(weight2, units.weight2());
    squeeze = load(squeeze, z);
    hidden = load(hidden, h);
    dLogit = ensure(dLogit, z.count());
    dHidden = ensure(dHidden, h.count());
    lanes.run(perSample, z.samples());
    lanes.run(perChannel, z.channels());
    bias(units.bias1(), dHidden, h.samples(), h.channels());
    bias(units.bias2(), dLogit, z.samples(), z.channels());
  }

  private void samples(Lane lane, int from, int to) {
    CpuTensor gates = CpuTensor.cpu(excitation.gate());
    CpuTensor dGates = CpuTensor.cpu(excitation.dGate());
    int channels = gates.channels();
    int units = excitation.hidden().shape().channels();
    float[] gate = lane.tile(0, channels);
    float[] q = lane.tile(1, channels);
    float[] dh = lane.tile(2, units);
    float[] dz = lane.tile(3, channels);
    for (int n = from; n < to; n++) {
      gates.floats.get(n * channels, gate, 0, channels);
      dGates.floats.get(n * channels, q, 0, channels);
      java.util.Arrays.fill(dh, 0, units, 0f);
      for (int c = 0; c < channels; c++) {
        q[c] *= slope(excitation.function(), gate[c]);
        addScaled(dh, q[c], weight2, c * units, units);
      }
      java.util.Arrays.fill(dz, 0, channels, 0f);
      for (int r = 0; r < units; r++) {
        dh[r] = hidden[n * units + r] > 0 ? dh[r] : 0f;
        addScaled(dz, dh[r], weight1, r * channels, channels);
      }
      System.arraycopy(q, 0, dLogit, n * channels, channels);
      System.arraycopy(dh, 0, dHidden, n * units, units);
      CpuTensor.cpu(excitation.dSqueeze()).floats.put(n * channels, dz, 0, channels);
    }
  }

  /** The derivative of a gate where it gave {@code s}. */
  private static float slope(Gate function, float s) {
    return switch (function) {
      case SIGMOID -> s * (1 - s);
      case TANH -> 1 - s * s;
      case RELU -> s > 0 ? 1f : 0f;
    };
  }

  /** Weight gradients by channel, so that no two lanes add to one value. */
  private void channels(Lane lane, int from, int to) {
    CpuTensor dWeight1 = CpuTensor.cpu(excitation.weight1().gradient());
    CpuTensor dWeight2 = CpuTensor.cpu(excitation.weight2().gradient());
    int samples = excitation.squeeze().shape().batch();
    int channels = excitation.squeeze().shape().channels();
    int units = excitation.hidden().shape().channels();
    for (int r = 0; r < units; r++) {
      for (int c = from; c < to; c++) {
        double sum1 = 0;
        double sum2 = 0;
        for (int n = 0; n < samples; n++) {
          sum1 += (double) dHidden[n * units + r] * squeeze[n * channels + c];
          sum2 += (double) dLogit[n * channels + c] * hidden[n * units + r];
        }
        add(dWeight1, r * channels + c, sum1);
        add(dWeight2, c * units + r, sum2);
      }
    }
  }

  private static void bias(Parameter bias, float[] gradient, int samples, int width) {
    if (bias == null) {
      return;
    }
    CpuTensor target = CpuTensor.cpu(bias.gradient());
    for (int i = 0; i < width; i++) {
      double sum = 0;
      for (int n = 0; n < samples; n++) {
        sum += gradient[n * width + i];
      }
      add(target, i, sum);
    }
  }

  static void add(CpuTensor target, int index, double value) {
    target.floats.put(index, (float) (target.floats.get(index) + value));
  }

  /** y += factor x. */
  static void addScaled(float[] y, float factor, float[] x, int start, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += factor * x[start + i];
    }
  }

  static float[] load(float[] into, CpuTensor source) {
    float[] values = ensure(into, source.count());
    source.floats.get(0, values, 0, source.count());
    return values;
  }

  static float[] ensure(float[] values, int length) {
    return values.length >= length ? values : new float[length];
  }
}
