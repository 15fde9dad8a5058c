package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.Fixture;
import dev.selkie.runtime.reference.CentralDifferences.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Verbs forward and backward, with the loss {@code sum of y dy} over all outputs. */
final class Differentiable {
  /** A ReLU nearer to its kink than this might cross it: some hundred steps. */
  private static final double KINK = 1e-3;

  private final List<Pair> outputs = new ArrayList<>();
  private final List<Pair> inputs = new ArrayList<>();
  private Runnable forward;
  private Runnable backward;

  private record Pair(Tensor value, Tensor gradient) {}

  Differentiable output(Tensor y, Tensor dy) {
    outputs.add(new Pair(y, dy));
    return this;
  }

  /** dx keeps its poison: backward must overwrite it. */
  Differentiable input(Tensor x, Tensor dx) {
    inputs.add(new Pair(x, dx));
    return this;
  }

  /** Absent ones are null. Verbs add to their gradients, so these start at zero. */
  Differentiable parameters(Parameter... parameters) {
    for (Parameter parameter : parameters) {
      if (parameter != null) {
        ref(parameter.gradient()).fill(0);
        input(parameter.value(), parameter.gradient());
      }
    }
    return this;
  }

  Differentiable forward(Runnable verbs) {
    forward = verbs;
    return this;
  }

  Differentiable backward(Runnable verbs) {
    backward = verbs;
    return this;
  }

  /** Checks every input's gradient, on the first draw that keeps clear of all kinks. */
  static void check(Function<Fixture, Differentiable> body) {
    KinkWatch kinks = new KinkWatch();
    ReferenceBackend backend = new ReferenceBackend(kinks);
    for (long seed = 1; ; seed++) {
      kinks.reset();
      Fixture fixture = new Fixture(backend.allocate(1 << 18), backend.ops(), seed);
      Differentiable unit = body.apply(fixture);
      unit.forward.run();
      if (kinks.nearest() > KINK) {
        unit.check(new Random(seed));
        return;
      }
    }
  }

  private void check(Random random) {
    backward.run();
    List<double[]> gradients = inputs.stream().map(i -> ref(i.gradient()).toArray()).toList();
    long numbers = inputs.stream().mapToLong(i -> i.value().shape().elements()).sum();
    CentralDifferences differences = new CentralDifferences(this::loss, numbers);
    for (int i = 0; i < gradients.size(); i++) {
      differences.check(ref(inputs.get(i).value()), gradients.get(i), random);
    }
  }

  private Loss loss() {
    forward.run();
    double value = 0;
    double magnitude = 0;
    for (Pair output : outputs) {
      double[] y = ref(output.value()).toArray();
      double[] dy = ref(output.gradient()).toArray();
      for (int i = 0; i < y.length; i++) {
        value += y[i] * dy[i];
        magnitude += Math.abs(y[i] * dy[i]);
      }
    }
    return new Loss(value, magnitude);
  }
}
