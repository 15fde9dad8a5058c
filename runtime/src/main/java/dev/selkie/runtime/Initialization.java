package dev.selkie.runtime;

import java.util.List;
import java.util.Random;

/** First values of parameters; {@link Random} because its sequence is specified for good. */
final class Initialization {
  private Initialization() {}

  static void apply(List<Parameter> parameters, long seed) {
    for (Parameter parameter : parameters) {
      // By name, so that a parameter's values do not depend on which others there are.
      Random random = new Random(seed ^ (parameter.name().hashCode() * 0x9E3779B97F4A7C15L));
      float[] values = new float[(int) parameter.value().shape().elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = draw(parameter, random);
      }
      parameter.value().write(values);
    }
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
