package dev.selkie.runtime.check;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** The shapes in {@link BatchNorm}, {@link Epilogue} and {@link Excitation}, as they state them. */
final class NormShapes {
  private NormShapes() {}

  /** Of C channels; it is nothing to the caller how many samples it has. */
  static void norm(BatchNorm norm, int c) {
    Require.that(norm.moments() != null, "moments is null; only an optional component may be");
    norm(norm, norm.moments().shape().batch(), c);
  }

  /** N samples of C channels. */
  static void norm(BatchNorm norm, int n, int c) {
    Require.that(norm != null, "there is no batch norm");
    Require.vector("scale", norm.scale(), c);
    Require.vector("shift", norm.shift(), c);
    Require.vector("running mean", norm.runningMean(), c);
    Require.vector("running variance", norm.runningVariance(), c);
    Require.part("moments", norm.moments(), new Shape(n, 1, 2, c));
    Require.part("sums", norm.sums(), new Shape(n, 1, 2, c));
    Require.part("statistics", norm.statistics(), new Shape(1, 1, 4, c));
    Require.part("coefficients", norm.coefficients(), new Shape(1, 1, 2, c));
  }

  static void excitation(Excitation e, int n, int c) {
    Require.that(e.hidden() != null, "hidden is null; only an optional component may be");
    Require.that(e.function() != null, "the gate's function is null");
    int r = e.hidden().shape().channels();
    Shape perChannel = new Shape(n, 1, 1, c);
    Require.part("hidden", e.hidden(), new Shape(n, 1, 1, r));
    Require.parameter("weight1", e.weight1(), new Shape(r, 1, 1, c));
    Require.parameter("weight2", e.weight2(), new Shape(c, 1, 1, r));
    if (e.bias1() != null) {
      Require.vector("bias1", e.bias1(), r);
    }
    if (e.bias2() != null) {
      Require.vector("bias2", e.bias2(), c);
    }
    Require.part("squeeze", e.squeeze(), perChannel);
    Require.part("gate", e.gate(), perChannel);
    Require.part("gate's gradient", e.dGate(), perChannel);
    Require.part("squeeze's gradient", e.dSqueeze(), perChannel);
    if (e.squeezesMaximum()) {
      Require.part("winners", e.winners(), perChannel);
    }
  }

  private static void merged(Epilogue epilogue, int n, int c) {
    norm(epilogue.norm(), n, c);
    Excitation excitation = epilogue.excitation();
    if (excitation != null) {
      excitation(excitation, n, c);
      Require.that(
          !excitation.squeezesMaximum(),
          "the excitation squeezes to the maximum, which no batch norm can merge; let it stand alone");
    }
    if (epilogue.residualNorm() != null) {
      Require.that(epilogue.residual(), "there is a norm of the residual but no residual");
      norm(epilogue.residualNorm(), n, c);
    }
  }

  /** Of an activation and its mask. */
  static void epilogue(Epilogue epilogue, Tensor x) {
    merged(epilogue, x.shape().batch(), x.shape().channels());
    if (epilogue.hasRelu()) {
      Require.beside(epilogue.mask(), Element.BIT, x);
    }
  }

  /** Of P positions, where no activation is at hand. */
  static void epilogue(Epilogue epilogue, int positions) {
    Require.atLeast("the number of positions", 1, positions);
    Require.that(
        epilogue.norm() != null && epilogue.norm().moments() != null,
        "the epilogue has no batch norm with moments");
    Shape moments = epilogue.norm().moments().shape();
    merged(epilogue, moments.batch(), moments.channels());
    Tensor mask = epilogue.mask();
    if (mask != null) {
      Shape bits = mask.shape();
      Require.that(
          mask.element() == Element.BIT
              && bits.batch() == moments.batch()
              && bits.positions() == positions
              && bits.channels() == moments.channels(),
          "%s is %s of %s but must be BIT for %d samples, %d positions and %d channels",
          mask.name(),
          bits,
          mask.element(),
          moments.batch(),
          positions,
          moments.channels());
    }
  }
}
