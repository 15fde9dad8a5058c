package dev.selkie.cpu;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Batch norm with everything that merges into it, against the same layers written one by one as
 * {@link PlainUnit} has them.
 */
class BatchNormTest {

  record Case(
      Shape shape, int hidden, boolean biased, boolean residual, boolean projected, boolean relu) {}

  static Stream<Case> cases() {
    Shape small = new Shape(3, 5, 4, 6);
    return Stream.of(
        new Case(small, 0, false, false, false, false),
        new Case(small, 0, false, false, false, true),
        new Case(small, 0, false, true, false, true),
        new Case(small, 0, false, true, true, true),
        new Case(small, 2, true, false, false, false),
        new Case(small, 3, false, true, false, true),
        new Case(new Shape(1, 3, 3, 5), 2, true, true, true, false),
        new Case(new Shape(4, 32, 32, 16), 4, true, true, true, true),
        new Case(new Shape(5, 16, 16, 32), 2, true, true, false, true),
        new Case(new Shape(2, 2, 3, 1500), 3, true, true, true, true));
  }

  private static Epilogue epilogue(Bench bench, Case c) {
    int n = c.shape.batch();
    int channels = c.shape.channels();
    Epilogue e = Epilogue.of(bench.batchNorm(n, channels));
    e = c.hidden > 0 ? e.excite(bench.excitation(n, channels, c.hidden, c.biased)) : e;
    e = c.residual && c.projected ? e.add(bench.batchNorm(n, channels)) : e;
    e = c.residual && !c.projected ? e.add() : e;
    return c.relu ? e.relu(bench.typed(c.shape, Element.BIT)) : e;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void forwardAndBackward(Case c) {
    try (Bench bench = new Bench(2)) {
      Epilogue e = epilogue(bench, c);
      Tensor x = bench.fill(like(bench, c), 3, 0.5);
      Tensor r = bench.fill(like(bench, c), -1, 2);
      Tensor dOut = bench.tensor(c.shape.batch(), c.shape.height(), c.shape.width(), channels(c));
      PlainUnit plain = new PlainUnit(c.shape, e, x, c.residual ? r : null, dOut);
      Tensor out = output(bench, c);
      Tensor dx = output(bench, c);
      Tensor dr = output(bench, c);
      run(bench, c, e, x, r, dOut, out, dx, dr);
      Bench.verify("out", out, in -> plain.run(in).out);
      Bench.verify("running mean", e.norm().runningMean(), in -> plain.run(in).runningMean);
      Bench.verify("running var", e.norm().runningVariance(), in -> plain.run(in).runningVariance);
      Bench.verify("dx", dx, in -> plain.run(in).dx);
      gradient("dScale", e.norm().scale(), in -> plain.run(in).dScale);
      gradient("dShift", e.norm().shift(), in -> plain.run(in).dShift);
      if (c.residual) {
        Bench.verify("dResidual", dr, in -> plain.run(in).dResidual);
      }
      if (c.projected) {
        gradient("dScale'", e.residualNorm().scale(), in -> plain.run(in).dResidualScale);
        gradient("dShift'", e.residualNorm().shift(), in -> plain.run(in).dResidualShift);
      }
      excitation(e.excitation(), plain);
    }
  }

  private static void excitation(Excitation s, PlainUnit plain) {
    if (s == null) {
      return;
    }
    Bench.verify("squeeze", s.squeeze(), in -> plain.run(in).squeeze);
    Bench.verify("gate", s.gate(), in -> plain.run(in).gate);
    gradient("dW1", s.weight1(), in -> plain.run(in).dWeight1);
    gradient("dW2", s.weight2(), in -> plain.run(in).dWeight2);
    if (s.bias1() != null) {
      gradient("db1", s.bias1(), in -> plain.run(in).dBias1);
      gradient("db2", s.bias2(), in -> plain.run(in).dBias2);
    }
  }

  private static void gradient(String what, Parameter p, Arithmetic.Loop loop) {
    Bench.verify(what, p.gradient(), loop);
  }

  private static void run(
      Bench bench,
      Case c,
      Epilogue e,
      Tensor x,
      Tensor r,
      Tensor dOut,
      Tensor out,
      Tensor dx,
      Tensor dr) {
    int positions = c.shape.positions();
    bench.ops.batchNormMoments(e.norm(), x);
    if (c.projected) {
      bench.ops.batchNormMoments(e.residualNorm(), r);
    }
    bench.ops.batchNormStatistics(e, positions);
    if (c.residual) {
      bench.ops.batchNormAddForward(out, x, r, e);
      bench.ops.batchNormAddBackwardSums(e, dOut, out, x, r);
      bench.ops.batchNormBackwardStatistics(e, positions);
      bench.ops.batchNormAddBackward(dx, dr, dOut, out, x, r, e);
    } else {
      bench.ops.batchNormForward(out, x, e);
      bench.ops.batchNormBackwardSums(e, dOut, out, x);
      bench.ops.batchNormBackwardStatistics(e, positions);
      bench.ops.batchNormBackward(dx, dOut, out, x, e);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inference(Case c) {
    try (Bench bench = new Bench(2)) {
      BatchNorm norm = bench.batchNorm(c.shape.batch(), channels(c));
      Tensor x = bench.fill(like(bench, c), 3, 0.5);
      Tensor r = bench.fill(like(bench, c), -1, 2);
      Tensor y = output(bench, c);
      bench.ops.batchNormInference(y, x, norm, Activation.NONE);
      Bench.verify("y", y, in -> inference(in, norm, x, null, Activation.NONE));
      bench.ops.batchNormAddInference(y, x, r, norm, Activation.RELU);
      Bench.verify("y", y, in -> inference(in, norm, x, r, Activation.RELU));
    }
  }

  private static double[] inference(
      Arithmetic in, BatchNorm norm, Tensor x, Tensor residual, Activation f) {
    float[] xs = Bench.read(x);
    float[] mean = Bench.read(norm.runningMean());
    float[] variance = Bench.read(norm.runningVariance());
    float[] scale = Bench.read(norm.scale().value());
    float[] shift = Bench.read(norm.shift().value());
    double[] y = new double[xs.length];
    for (int i = 0; i < y.length; i++) {
      int c = i % mean.length;
      double spread = in.round(Math.sqrt(in.round(variance[c] + BatchNorm.EPSILON)));
      double normal = in.round(in.round(xs[i] - mean[c]) / spread);
      y[i] = in.add(shift[c], scale[c], normal);
      y[i] = residual == null ? y[i] : in.add(y[i], Bench.read(residual, i));
      y[i] = f == Activation.RELU ? Math.max(0, y[i]) : y[i];
    }
    return y;
  }

  private static int channels(Case c) {
    return c.shape.channels();
  }

  private static Tensor like(Bench bench, Case c) {
    return bench.typed(c.shape, Element.FLOAT32);
  }

  private static Tensor output(Bench bench, Case c) {
    return bench.output(c.shape.batch(), c.shape.height(), c.shape.width(), channels(c));
  }
}
