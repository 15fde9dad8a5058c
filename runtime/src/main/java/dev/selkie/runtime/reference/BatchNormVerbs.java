package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Tensor;

/**
 * Batch normalisation (Ioffe and Szegedy, 2015, algorithm 1) and what is merged into its forward
 * passes. Statistics merge the samples' moments as Chan, Golub and LeVeque (1983) do.
 */
interface BatchNormVerbs extends ExcitationVerbs {
  /** Rows of {@link BatchNorm#moments}. */
  int MEAN = 0;

  int SQUARES = 1;

  /** Rows of {@link BatchNorm#statistics}. */
  int BATCH_MEAN = 0;

  int INVERSE = 1;
  int A = 2;
  int B = 3;

  @Override
  default void batchNormMoments(BatchNorm norm, Tensor tensor) {
    ReferenceTensor x = ref(tensor);
    ReferenceTensor moments = ref(norm.moments());
    for (int n = 0; n < x.samples(); n++) {
      for (int c = 0; c < x.channels(); c++) {
        double sum = 0;
        for (int p = 0; p < x.positions(); p++) {
          sum = round(sum + x.get(x.index(n, p, c)));
        }
        double mean = round(sum / x.positions());
        double squares = 0;
        for (int p = 0; p < x.positions(); p++) {
          double deviation = round(x.get(x.index(n, p, c)) - mean);
          squares = round(squares + round(deviation * deviation));
        }
        moments.set(n, 0, MEAN, c, mean);
        moments.set(n, 0, SQUARES, c, squares);
      }
    }
  }

  @Override
  default void batchNormStatistics(Epilogue epilogue, int positions) {
    statistics(epilogue.norm(), positions);
    if (epilogue.residualNorm() != null) {
      statistics(epilogue.residualNorm(), positions);
    }
    if (epilogue.excitation() != null) {
      // The norm is linear, so the mean of its output is its output at the mean.
      ReferenceTensor moments = ref(epilogue.norm().moments());
      ReferenceTensor squeeze = ref(epilogue.excitation().squeeze());
      for (int n = 0; n < squeeze.samples(); n++) {
        for (int c = 0; c < squeeze.channels(); c++) {
          double mean = moments.get(n, 0, MEAN, c);
          squeeze.set(n, 0, 0, c, normalize(epilogue.norm(), mean, c));
        }
      }
      excite(epilogue.excitation());
    }
  }

  /** From the samples' moments: batch and running statistics, and the coefficients a and b. */
  default void statistics(BatchNorm norm, int positions) {
    ReferenceTensor moments = ref(norm.moments());
    int samples = moments.samples();
    long count = (long) samples * positions;
    for (int c = 0; c < moments.channels(); c++) {
      double sum = 0;
      for (int n = 0; n < samples; n++) {
        sum = round(sum + moments.get(n, 0, MEAN, c));
      }
      double mean = round(sum / samples);
      double squares = 0;
      for (int n = 0; n < samples; n++) {
        double deviation = round(moments.get(n, 0, MEAN, c) - mean);
        double between = round(positions * round(deviation * deviation));
        squares = round(squares + round(moments.get(n, 0, SQUARES, c) + between));
      }
      statistics(norm, c, mean, squares, count);
    }
  }

  /**
   * @param squares the sum of squared deviations from the mean
   */
  default void statistics(BatchNorm norm, int c, double mean, double squares, long count) {
    ReferenceTensor statistics = ref(norm.statistics());
    double biased = round(squares / count);
    double unbiased = round(squares / Math.max(1, count - 1));
    track(ref(norm.runningMean()), c, mean);
    track(ref(norm.runningVariance()), c, unbiased);

    double inverse = round(1 / round(Math.sqrt(round(biased + BatchNorm.EPSILON))));
    double a = round(ref(norm.scale().value()).get(c) * inverse);
    statistics.set(0, 0, BATCH_MEAN, c, mean);
    statistics.set(0, 0, INVERSE, c, inverse);
    statistics.set(0, 0, A, c, a);
    statistics.set(0, 0, B, c, round(ref(norm.shift().value()).get(c) - round(a * mean)));
  }

  private void track(ReferenceTensor running, int c, double batch) {
    double kept = round(round(1 - (double) BatchNorm.MOMENTUM) * running.get(c));
    running.set(c, round(kept + round(BatchNorm.MOMENTUM * batch)));
  }

  @Override
  default void batchNormForward(Tensor out, Tensor x, Epilogue epilogue) {
    apply(ref(out), ref(x), null, epilogue);
  }

  @Override
  default void batchNormAddForward(Tensor out, Tensor x, Tensor residual, Epilogue epilogue) {
    apply(ref(out), ref(x), ref(residual), epilogue);
  }

  private void apply(
      ReferenceTensor out, ReferenceTensor x, ReferenceTensor residual, Epilogue epilogue) {
    for (int i = 0; i < x.size(); i++) {
      int c = x.channel(i);
      double value = normalize(epilogue.norm(), x.get(i), c);
      if (epilogue.excitation() != null) {
        double gate = ref(epilogue.excitation().gate()).get(x.sampleAndChannel(i));
        value = round(gate * value);
      }
      if (residual != null) {
        double added = residual.get(i);
        BatchNorm norm = epilogue.residualNorm();
        value = round(value + (norm == null ? added : normalize(norm, added, c)));
      }
      if (epilogue.hasRelu()) {
        boolean passes = arithmetic().positive(value);
        ref(epilogue.mask()).set(i, passes ? 1 : 0);
        value = passes ? value : 0;
      }
      out.set(i, value);
    }
  }

  /** a x + b. */
  default double normalize(BatchNorm norm, double x, int c) {
    ReferenceTensor statistics = ref(norm.statistics());
    return round(round(statistics.get(0, 0, A, c) * x) + statistics.get(0, 0, B, c));
  }
}
