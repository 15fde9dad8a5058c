package dev.selkie.cpu;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.EnumMap;
import java.util.Map;

/**
 * relu(gate * norm(x) + norm'(residual)) one layer after the other, by the textbook: normalised
 * values are formed, the squeeze is a mean over them, and every gradient is the chain rule's (Ioffe
 * and Szegedy, 2015; Hu et al., 2018). Nothing here is fused.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
final class PlainUnit {
  private final Map<Arithmetic, PlainUnit> done = new EnumMap<>(Arithmetic.class);
  private final Shape shape;
  private final boolean relu;
  private final float[] x;
  private final float[] r;
  private final float[] dOut;
  private final Norm norm;
  private final Norm residualNorm;
  private final Gate gates;

  double[] out;
  double[] runningMean;
  double[] runningVariance;
  double[] dx;
  double[] dResidual;
  double[] dScale;
  double[] dShift;
  double[] dResidualScale;
  double[] dResidualShift;
  double[] squeeze;
  double[] gate;
  double[] dWeight1;
  double[] dWeight2;
  double[] dBias1;
  double[] dBias2;

  /** What a norm starts from. */
  private record Norm(
      float[] scale,
      float[] shift,
      float[] mean,
      float[] variance,
      float[] dScale,
      float[] dShift) {
    static Norm of(BatchNorm n) {
      return n == null
          ? null
          : new Norm(
              Bench.read(n.scale().value()),
              Bench.read(n.shift().value()),
              Bench.read(n.runningMean()),
              Bench.read(n.runningVariance()),
              Bench.read(n.scale().gradient()),
              Bench.read(n.shift().gradient()));
    }
  }

  /** What an excitation starts from; gradients in the order W1, b1, W2, b2. */
  private record Gate(float[] w1, float[] b1, float[] w2, float[] b2, float[][] gradients) {
    static Gate of(Excitation e) {
      if (e == null) {
        return null;
      }
      boolean biased = e.bias1() != null;
      int hidden = e.hidden().shape().channels();
      int channels = e.gate().shape().channels();
      return new Gate(
          Bench.read(e.weight1().value()),
          biased ? Bench.read(e.bias1().value()) : new float[hidden],
          Bench.read(e.weight2().value()),
          biased ? Bench.read(e.bias2().value()) : new float[channels],
          new float[][] {
            Bench.read(e.weight1().gradient()),
            biased ? Bench.read(e.bias1().gradient()) : new float[hidden],
            Bench.read(e.weight2().gradient()),
            biased ? Bench.read(e.bias2().gradient()) : new float[channels]
          });
    }
  }

  PlainUnit(Shape shape, Epilogue e, Tensor x, Tensor residual, Tensor dOut) {
    this.shape = shape;
    this.relu = e.hasRelu();
    this.x = Bench.read(x);
    this.r = residual == null ? null : Bench.read(residual);
    this.dOut = Bench.read(dOut);
    this.norm = Norm.of(e.norm());
    this.residualNorm = Norm.of(e.residualNorm());
    this.gates = Gate.of(e.excitation());
  }

  private PlainUnit(PlainUnit o) {
    shape = o.shape;
    relu = o.relu;
    x = o.x;
    r = o.r;
    dOut = o.dOut;
    norm = o.norm;
    residualNorm = o.residualNorm;
    gates = o.gates;
  }

  /** All values in one precision, computed once. */
  PlainUnit run(Arithmetic in) {
    return done.computeIfAbsent(in, key -> new PlainUnit(this).compute(key));
  }

  private PlainUnit compute(Arithmetic in) {
    int c = shape.channels();
    Forward main = new Forward(in, norm, x);
    Forward second = residualNorm == null ? null : new Forward(in, residualNorm, r);
    runningMean = main.runningMean;
    runningVariance = main.runningVariance;
    double[] u = main.y;
    double[] hidden = gates == null ? null : excite(in, u);
    out = new double[x.length];
    double[] g = new double[x.length];
    for (int i = 0; i < out.length; i++) {
      double v = gates == null ? u[i] : in.round(gate[sample(i) * c + i % c] * u[i]);
      v = r == null ? v : in.add(v, second == null ? r[i] : second.y[i]);
      out[i] = relu ? Math.max(0, v) : v;
      g[i] = relu && !(v > 0) ? 0 : dOut[i];
    }
    double[] du = gates == null ? g : exciteBackward(in, u, hidden, g);
    dScale = widen(norm.dScale);
    dShift = widen(norm.dShift);
    dx = main.backward(in, du, dScale, dShift);
    dResidual = g;
    if (second != null) {
      dResidualScale = widen(residualNorm.dScale);
      dResidualShift = widen(residualNorm.dShift);
      dResidual = second.backward(in, g, dResidualScale, dResidualShift);
    }
    return this;
  }

  private int sample(int i) {
    return i / shape.perSample();
  }

  private static double[] widen(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  /** Fills squeeze and gate; returns the hidden units. */
  private double[] excite(Arithmetic in, double[] u) {
    int n = shape.batch();
    int c = shape.channels();
    int units = gates.b1.length;
    squeeze = new double[n * c];
    for (int i = 0; i < u.length; i++) {
      int at = sample(i) * c + i % c;
      squeeze[at] = in.add(squeeze[at], u[i]);
    }
    for (int i = 0; i < squeeze.length; i++) {
      squeeze[i] = in.round(squeeze[i] / shape.positions());
    }
    double[] hidden = new double[n * units];
    for (int i = 0; i < hidden.length; i++) {
      double sum = gates.b1[i % units];
      for (int k = 0; k < c; k++) {
        sum = in.add(sum, gates.w1[i % units * c + k], squeeze[i / units * c + k]);
      }
      hidden[i] = Math.max(0, sum);
    }
    gate = new double[n * c];
    for (int i = 0; i < gate.length; i++) {
      double sum = gates.b2[i % c];
      for (int k = 0; k < units; k++) {
        sum = in.add(sum, gates.w2[i % c * units + k], hidden[i / c * units + k]);
      }
      gate[i] = in.round(1 / in.round(1 + in.round(Math.exp(-sum))));
    }
    return hidden;
  }

  /** The gradient of the norm's output; fills those of the layers. */
  private double[] exciteBackward(Arithmetic in, double[] u, double[] hidden, double[] g) {
    int c = shape.channels();
    int units = gates.b1.length;
    dWeight1 = widen(gates.gradients[0]);
    dBias1 = widen(gates.gradients[1]);
    dWeight2 = widen(gates.gradients[2]);
    dBias2 = widen(gates.gradients[3]);
    double[] dGate = new double[gate.length];
    for (int i = 0; i < u.length; i++) {
      int at = sample(i) * c + i % c;
      dGate[at] = in.add(dGate[at], g[i], u[i]);
    }
    double[] dSqueeze = new double[gate.length];
    for (int n = 0; n < shape.batch(); n++) {
      double[] dHidden = new double[units];
      for (int k = 0; k < c; k++) {
        double s = gate[n * c + k];
        double q = in.round(in.round(dGate[n * c + k] * s) * in.round(1 - s));
        dBias2[k] = in.add(dBias2[k], q);
        for (int j = 0; j < units; j++) {
          dWeight2[k * units + j] = in.add(dWeight2[k * units + j], q, hidden[n * units + j]);
          dHidden[j] = in.add(dHidden[j], q, gates.w2[k * units + j]);
        }
      }
      for (int j = 0; j < units; j++) {
        double q = hidden[n * units + j] > 0 ? dHidden[j] : 0;
        dBias1[j] = in.add(dBias1[j], q);
        for (int k = 0; k < c; k++) {
          dWeight1[j * c + k] = in.add(dWeight1[j * c + k], q, squeeze[n * c + k]);
          dSqueeze[n * c + k] = in.add(dSqueeze[n * c + k], q, gates.w1[j * c + k]);
        }
      }
    }
    double[] du = new double[u.length];
    for (int i = 0; i < du.length; i++) {
      int at = sample(i) * c + i % c;
      du[i] = in.add(in.round(dSqueeze[at] / shape.positions()), gate[at], g[i]);
    }
    return du;
  }

  /** One batch norm, forward at once and backward when asked. */
  private static final class Forward {
    private final Norm norm;
    private final double[] inverse;
    private final double[] normal;
    private final double[] y;
    private final double[] runningMean;
    private final double[] runningVariance;

    Forward(Arithmetic in, Norm norm, float[] x) {
      this.norm = norm;
      int c = norm.scale.length;
      int count = x.length / c;
      double[] mean = new double[c];
      double[] variance = new double[c];
      for (int i = 0; i < x.length; i++) {
        mean[i % c] = in.add(mean[i % c], x[i]);
      }
      for (int k = 0; k < c; k++) {
        mean[k] = in.round(mean[k] / count);
      }
      for (int i = 0; i < x.length; i++) {
        double d = in.round(x[i] - mean[i % c]);
        variance[i % c] = in.add(variance[i % c], d, d);
      }
      inverse = new double[c];
      runningMean = new double[c];
      runningVariance = new double[c];
      for (int k = 0; k < c; k++) {
        double keep = 1 - (double) BatchNorm.MOMENTUM;
        double unbiased = in.round(variance[k] / (count - 1));
        runningMean[k] = in.add(in.round(keep * norm.mean[k]), BatchNorm.MOMENTUM, mean[k]);
        runningVariance[k] =
            in.add(in.round(keep * norm.variance[k]), BatchNorm.MOMENTUM, unbiased);
        double biased = in.round(variance[k] / count);
        inverse[k] = in.round(1 / in.round(Math.sqrt(in.round(biased + BatchNorm.EPSILON))));
      }
      normal = new double[x.length];
      y = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        normal[i] = in.round(in.round(x[i] - mean[i % c]) * inverse[i % c]);
        y[i] = in.add(norm.shift[i % c], norm.scale[i % c], normal[i]);
      }
    }

    double[] backward(Arithmetic in, double[] dy, double[] dScale, double[] dShift) {
      int c = inverse.length;
      double count = (double) dy.length / c;
      double[] scale = new double[c];
      double[] shift = new double[c];
      for (int i = 0; i < dy.length; i++) {
        scale[i % c] = in.add(scale[i % c], dy[i], normal[i]);
        shift[i % c] = in.add(shift[i % c], dy[i]);
      }
      double[] dx = new double[dy.length];
      for (int i = 0; i < dx.length; i++) {
        double centred = in.round(dy[i] - in.round(shift[i % c] / count));
        double v = in.round(centred - in.round(normal[i] * in.round(scale[i % c] / count)));
        dx[i] = in.round(in.round(norm.scale[i % c] * inverse[i % c]) * v);
      }
      for (int k = 0; k < c; k++) {
        dScale[k] = in.add(dScale[k], scale[k]);
        dShift[k] = in.add(dShift[k], shift[k]);
      }
      return dx;
    }
  }
}
