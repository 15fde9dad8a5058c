package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Tensor;

/**
 * Gradients of {@code out = act(gate (a x + b) + residual)} with a, b and gate functions of x.
 *
 * <p>With g = dOut where the ReLU let through, and u = a x + b, the gradient that reaches u is du =
 * gate g + dSqueeze / P, and dx = a (du - mean(du) - xhat mean(du xhat)) as without excitation.
 */
interface BatchNormBackwardVerbs extends ExcitationVerbs {
  /** Rows of {@link BatchNorm#sums}: of g and of g x. */
  int G = 0;

  int GX = 1;

  /** Rows of {@link BatchNorm#coefficients}: B and K of dx = A g + B x + K. */
  int SLOPE = 0;

  int CONSTANT = 1;

  @Override
  default void batchNormBackwardSums(Epilogue epilogue, Tensor dOut, Tensor out, Tensor x) {
    sums(epilogue.norm(), epilogue, ref(dOut), ref(x));
  }

  @Override
  default void batchNormAddBackwardSums(
      Epilogue epilogue, Tensor dOut, Tensor out, Tensor x, Tensor residual) {
    sums(epilogue.norm(), epilogue, ref(dOut), ref(x));
    if (epilogue.residualNorm() != null) {
      sums(epilogue.residualNorm(), epilogue, ref(dOut), ref(residual));
    }
  }

  private void sums(BatchNorm norm, Epilogue epilogue, ReferenceTensor dOut, ReferenceTensor x) {
    for (int n = 0; n < x.samples(); n++) {
      for (int c = 0; c < x.channels(); c++) {
        double sumG = 0;
        double sumGx = 0;
        for (int p = 0; p < x.positions(); p++) {
          int i = x.index(n, p, c);
          double g = passed(epilogue, dOut, i);
          sumG = round(sumG + g);
          sumGx = round(sumGx + round(g * x.get(i)));
        }
        ref(norm.sums()).set(n, 0, G, c, sumG);
        ref(norm.sums()).set(n, 0, GX, c, sumGx);
      }
    }
  }

  /** g: what the ReLU lets through of dOut. */
  private static double passed(Epilogue epilogue, ReferenceTensor dOut, int i) {
    return !epilogue.hasRelu() || ref(epilogue.mask()).get(i) == 1 ? dOut.get(i) : 0;
  }

  @Override
  default void batchNormBackwardStatistics(Epilogue epilogue, int positions) {
    if (epilogue.excitation() != null) {
      gateGradients(epilogue.norm(), epilogue.excitation());
      exciteGradients(epilogue.excitation());
    }
    normGradients(epilogue.norm(), epilogue.excitation(), positions);
    if (epilogue.residualNorm() != null) {
      normGradients(epilogue.residualNorm(), null, positions);
    }
  }

  /** dGate = sum of g u = a sum(g x) + b sum(g). */
  private void gateGradients(BatchNorm norm, Excitation excitation) {
    ReferenceTensor sums = ref(norm.sums());
    ReferenceTensor statistics = ref(norm.statistics());
    for (int n = 0; n < sums.samples(); n++) {
      for (int c = 0; c < sums.channels(); c++) {
        double ofX = round(statistics.get(0, 0, BatchNormVerbs.A, c) * sums.get(n, 0, GX, c));
        double ofB = round(statistics.get(0, 0, BatchNormVerbs.B, c) * sums.get(n, 0, G, c));
        ref(excitation.dGate()).set(n, 0, 0, c, round(ofX + ofB));
      }
    }
  }

  /**
   * dShift = sum of du; dScale = sum of du xhat; both over samples and positions. Where there is an
   * excitation, du is gate g + dSqueeze / P.
   */
  private void normGradients(BatchNorm norm, Excitation excitation, int positions) {
    ReferenceTensor sums = ref(norm.sums());
    long count = (long) sums.samples() * positions;
    for (int c = 0; c < sums.channels(); c++) {
      double mean = ref(norm.statistics()).get(0, 0, BatchNormVerbs.BATCH_MEAN, c);
      double dShift = 0;
      double centred = 0;
      for (int n = 0; n < sums.samples(); n++) {
        double sumG = sums.get(n, 0, G, c);
        double sumGx = round(sums.get(n, 0, GX, c) - round(mean * sumG));
        if (excitation != null) {
          double gate = ref(excitation.gate()).get(n, 0, 0, c);
          double dSqueeze = ref(excitation.dSqueeze()).get(n, 0, 0, c);
          double sampleMean = ref(norm.moments()).get(n, 0, BatchNormVerbs.MEAN, c);
          sumG = round(round(gate * sumG) + dSqueeze);
          sumGx = round(round(gate * sumGx) + round(dSqueeze * round(sampleMean - mean)));
        }
        dShift = round(dShift + sumG);
        centred = round(centred + sumGx);
      }
      coefficients(norm, c, dShift, centred, count);
    }
  }

  /**
   * Adds to the gradients of scale and shift; writes B and K.
   *
   * @param centred the sum of du (x - mean)
   */
  default void coefficients(BatchNorm norm, int c, double dShift, double centred, long count) {
    double mean = ref(norm.statistics()).get(0, 0, BatchNormVerbs.BATCH_MEAN, c);
    double inverse = ref(norm.statistics()).get(0, 0, BatchNormVerbs.INVERSE, c);
    double a = ref(norm.statistics()).get(0, 0, BatchNormVerbs.A, c);
    double dScale = round(inverse * centred);
    ref(norm.shift().gradient()).add(c, dShift);
    ref(norm.scale().gradient()).add(c, dScale);

    double slope = round(-round(round(a * inverse) * dScale) / count);
    double constant = round(-round(a * dShift) / count);
    ref(norm.coefficients()).set(0, 0, SLOPE, c, slope);
    ref(norm.coefficients()).set(0, 0, CONSTANT, c, round(constant - round(slope * mean)));
  }

  @Override
  default void batchNormBackward(Tensor dx, Tensor dOut, Tensor out, Tensor x, Epilogue epilogue) {
    for (int i = 0; i < ref(x).size(); i++) {
      double g = passed(epilogue, ref(dOut), i);
      ref(dx).set(i, gradient(epilogue.norm(), epilogue.excitation(), g, ref(x), i));
    }
  }

  @Override
  default void batchNormAddBackward(
      Tensor dx,
      Tensor dResidual,
      Tensor dOut,
      Tensor out,
      Tensor x,
      Tensor residual,
      Epilogue epilogue) {
    BatchNorm residualNorm = epilogue.residualNorm();
    for (int i = 0; i < ref(x).size(); i++) {
      double g = passed(epilogue, ref(dOut), i);
      ref(dx).set(i, gradient(epilogue.norm(), epilogue.excitation(), g, ref(x), i));
      ref(dResidual)
          .set(i, residualNorm == null ? g : gradient(residualNorm, null, g, ref(residual), i));
    }
  }

  /** A g + B x + K, where an excitation makes A g of a (gate g + dSqueeze / P). */
  private double gradient(
      BatchNorm norm, Excitation excitation, double g, ReferenceTensor x, int i) {
    int c = x.channel(i);
    double du = g;
    if (excitation != null) {
      double gate = ref(excitation.gate()).get(x.sampleAndChannel(i));
      double dSqueeze = ref(excitation.dSqueeze()).get(x.sampleAndChannel(i));
      du = round(round(gate * g) + round(dSqueeze / x.positions()));
    }
    double ofG = round(ref(norm.statistics()).get(0, 0, BatchNormVerbs.A, c) * du);
    double ofX = round(ref(norm.coefficients()).get(0, 0, SLOPE, c) * x.get(i));
    return round(round(ofG + ofX) + ref(norm.coefficients()).get(0, 0, CONSTANT, c));
  }
}
