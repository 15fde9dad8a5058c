package dev.selkie.training.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.TestData;
import org.junit.jupiter.api.Test;

/** Three updates with a constant gradient of 0.5, against PyTorch's formulas written out. */
class OptimizerTest {
  private static final double RATE = 0.1;
  private static final double GRADIENT = 0.5;
  private static final double DECAY = 0.02;

  /** One parameter's course. */
  private interface Course {
    double after(double start, double decay);
  }

  private static void hold(Optimizer optimizer, Course course) {
    try (TrainableNetwork network = TestData.network(2)) {
      float[][] before = values(network);
      OptimizerState state = optimizer.bind(network);
      for (Parameter parameter : network.parameters()) {
        float[] gradient = TestData.values(parameter.gradient());
        java.util.Arrays.fill(gradient, (float) GRADIENT);
        parameter.gradient().write(gradient);
      }
      for (int step = 1; step <= 3; step++) {
        state.prepare((float) RATE, step);
        state.update();
      }
      float[][] after = values(network);
      for (int p = 0; p < before.length; p++) {
        Parameter parameter = network.parameters().get(p);
        boolean weights = parameter.dimensions().size() > 1;
        for (int i = 0; i < before[p].length; i++) {
          double expected = course.after(before[p][i], weights ? DECAY : 0);
          assertEquals(expected, after[p][i], 8 * Math.ulp(1f), parameter.name());
        }
      }
    }
  }

  private static float[][] values(TrainableNetwork network) {
    return network.parameters().stream()
        .map(parameter -> TestData.values(parameter.value()))
        .toArray(float[][]::new);
  }

  @Test
  void sgdDecaysWeightsAlone() {
    for (boolean nesterov : new boolean[] {false, true}) {
      hold(
          new Sgd(RATE, 0.9, DECAY, nesterov),
          (start, decay) -> {
            double w = start;
            double v = 0;
            for (int t = 0; t < 3; t++) {
              double g = GRADIENT + decay * w;
              v = 0.9 * v + g;
              w -= RATE * (nesterov ? g + 0.9 * v : v);
            }
            return w;
          });
    }
  }

  @Test
  void adamWDecaysWeightsAlone() {
    hold(
        AdamW.adamW(RATE).weightDecay(DECAY),
        (start, decay) -> {
          double w = start;
          double m = 0;
          double s = 0;
          for (int t = 1; t <= 3; t++) {
            w *= 1 - RATE * decay;
            m = 0.9 * m + 0.1 * GRADIENT;
            s = 0.999 * s + 0.001 * GRADIENT * GRADIENT;
            double mean = m / (1 - Math.pow(0.9, t));
            double root = Math.sqrt(s / (1 - Math.pow(0.999, t)));
            w -= RATE * mean / (root + 1e-8);
          }
          return w;
        });
  }
}
