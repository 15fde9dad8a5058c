package dev.selkie.runtime.conformance;

import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;

final class OptimizerCases {
  private OptimizerCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (int size : new int[] {1, 3, 64, 1000}) {
      for (boolean nesterov : new boolean[] {false, true}) {
        String name = "sgd%s: %d values".formatted(nesterov ? " nesterov" : "", size);
        cases.add(new OpCase(name, f -> sgd(f, size, 0.9f, nesterov)));
      }
      cases.add(new OpCase("sgd plain: %d values".formatted(size), f -> sgd(f, size, 0, false)));
      for (long step : new long[] {1, 7, 1000}) {
        String name = "adamW step %d: %d values".formatted(step, size);
        cases.add(new OpCase(name, f -> adamW(f, size, step)));
      }
    }
    return cases;
  }

  private static void sgd(Fixture f, int size, float momentum, boolean nesterov) {
    ParameterSpan span = f.span("weights", size);
    Tensor velocity = f.floatUpdated("velocity", Shape.vector(size));
    f.ops().learningRate(0.1f, 1);
    f.ops().beginUpdate(List.of(span));
    f.ops().sgd(span, velocity, momentum, 1e-2f, nesterov);
    f.ops().endUpdate();
  }

  private static void adamW(Fixture f, int size, long step) {
    ParameterSpan span = f.span("weights", size);
    Tensor mean = f.floatUpdated("mean", Shape.vector(size));
    Tensor square = f.floatUpdated("square", Shape.vector(size), Values.POSITIVE);
    f.ops().learningRate(1e-2f, step);
    f.ops().beginUpdate(List.of(span));
    f.ops().adamW(span, mean, square, 0.9f, 0.999f, 1e-8f, 1e-2f);
    f.ops().endUpdate();
  }
}
