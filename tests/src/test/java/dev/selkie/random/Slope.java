package dev.selkie.random;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The loss along a random direction of all parameters: its slope by the interpreter's central
 * differences, which know nothing of any reverse pass, and by gradients.
 */
final class Slope {
  private static final double WIDEST = 1e-4;
  private static final double NARROWEST = 1e-7;

  private final Model model;
  private final TrainableNetwork like;
  private final Numbers numbers;
  private final Map<String, double[]> direction = new HashMap<>();

  Slope(Model model, TrainableNetwork like, Numbers numbers) {
    this.model = model;
    this.like = like;
    this.numbers = numbers;
    Random random = new Random(numbers.seed());
    for (Parameter parameter : like.parameters()) {
      double[] values = new double[(int) parameter.value().shape().elements()];
      Arrays.setAll(values, i -> random.nextGaussian());
      direction.put(parameter.name(), values);
    }
  }

  /** A mean loss, and how the kinks on the way to it fell. */
  private record Loss(double mean, long decisions) {}

  /** What a slope must be, and how wrong that may be. */
  private record Difference(double slope, double uncertainty) {}

  /**
   * What is wrong with these gradients; empty too where there is a kink however near one looks, and
   * where Shake-Shake splits a gradient otherwise than it mixed the values.
   */
  Optional<String> fault(Step step) {
    if (model.shakes() || direction.isEmpty()) {
      return Optional.empty();
    }
    double slope = 0;
    double magnitude = 0;
    for (Map.Entry<String, double[]> entry : direction.entrySet()) {
      double[] gradient = step.quantities().get("d" + entry.getKey());
      for (int i = 0; i < gradient.length; i++) {
        double part = gradient[i] * entry.getValue()[i];
        slope += part;
        magnitude += Math.abs(part);
      }
    }
    double found = slope;
    double rounding = magnitude * 0x1p-40;
    return difference()
        .filter(d -> !(Math.abs(found - d.slope()) <= d.uncertainty() + rounding))
        .map(
            d ->
                "the loss rises by %.9g, but its central difference is %.9g, give or take %.3g"
                    .formatted(found, d.slope(), d.uncertainty()));
  }

  /** At the widest step that crosses no kink; twice that step tells how wrong it is. */
  private Optional<Difference> difference() {
    long here = loss(0).decisions();
    for (double h = WIDEST; h >= NARROWEST; h /= 10) {
      List<Loss> around = List.of(loss(-2 * h), loss(-h), loss(h), loss(2 * h));
      if (around.stream().allMatch(loss -> loss.decisions() == here)) {
        double near = (around.get(2).mean() - around.get(1).mean()) / (2 * h);
        double far = (around.get(3).mean() - around.get(0).mean()) / (4 * h);
        // The error of the first grows with h^2; of each loss some hundred roundings are left.
        double rounding = 0x1p-44 * Math.max(1, Math.abs(around.get(0).mean())) / h;
        return Optional.of(new Difference(near, Math.abs(near - far) + rounding));
      }
    }
    return Optional.empty();
  }

  private Loss loss(double way) {
    Weights weights = Step.weights(like, numbers);
    direction.forEach(
        (name, values) -> {
          double[] moved = weights.value(name);
          Arrays.setAll(moved, i -> moved[i] + way * values[i]);
        });
    Tape tape = new Tape(true, weights, numbers.seed());
    Value logits = Interpreter.run(tape, model, Step.images(model, like.batch(), numbers));
    int[] labels = numbers.labels(like.batch(), logits.dims.channels());
    double[] losses = Interpreter.loss(logits, labels, Step.SMOOTHING);
    return new Loss(Arrays.stream(losses).average().orElseThrow(), tape.decisions());
  }
}
