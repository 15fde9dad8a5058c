package dev.selkie.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** First values of parameters; {@link Random} because its sequence is specified for good. */
final class Initialization {
  private Initialization() {}

  /** Parameters whose values are drawn side by side, and lie on the heap at one time. */
  private static final int TOGETHER = 4;

  /** Running statistics as PyTorch starts them: means of 0, variances of 1. */
  static void apply(List<Statistic> statistics) {
    for (Statistic statistic : statistics) {
      float[] values = new float[(int) statistic.value().shape().elements()];
      Arrays.fill(values, statistic.name().endsWith(".running_var") ? 1f : 0f);
      statistic.value().write(values);
    }
  }

  static void apply(List<Parameter> parameters, long seed) {
    for (int start = 0; start < parameters.size(); start += TOGETHER) {
      List<Parameter> some =
          parameters.subList(start, Math.min(start + TOGETHER, parameters.size()));
      // Each draws from a sequence of its own, so threads change nothing.
      List<float[]> values =
          some.parallelStream().map(parameter -> values(parameter, seed)).toList();
      for (int i = 0; i < some.size(); i++) {
        some.get(i).value().write(values.get(i));
      }
    }
  }

  private static float[] values(Parameter parameter, long seed) {
    // By name, so that a parameter's values do not depend on which others there are.
    Random random = new Random(seed ^ (parameter.name().hashCode() * 0x9E3779B97F4A7C15L));
    float[] values = new float[(int) parameter.value().shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = draw(parameter, random);
    }
    return values;
  }

  private static float draw(Parameter parameter, Random random) {
    return switch (parameter.initializer()) {
      case HE_NORMAL -> (float) (random.nextGaussian() * Math.sqrt(2.0 / parameter.fanOut()));
      case UNIFORM ->
          (float) ((2 * random.nextDouble() - 1) / Math.sqrt((double) parameter.fanIn()));
      case ONE -> 1f;
      case ZERO -> 0f;
    };
  }
}
