package dev.selkie.runtime.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.Supplier;

/**
 * Holds a gradient against difference quotients of a loss along a random direction d: {@code D(h) =
 * (L(x + h d) - L(x - h d)) / 2h}.
 *
 * <p>D(h) differs from the derivative by h^2 L''' / 6, which is a third of D(2h) - D(h), and by the
 * rounding of L over h; a loss of n numbers rounds by at most n u times the sum of its terms'
 * magnitudes. The threshold is the sum of both (the first tripled). h is the cube root of the unit
 * round-off u, where both are of one order.
 */
final class CentralDifferences {
  private static final double ROUND_OFF = 0x1p-53;
  private static final double STEP = Math.cbrt(ROUND_OFF);

  /** A loss and the sum of the magnitudes of its terms. */
  record Loss(double value, double magnitude) {}

  private final Supplier<Loss> loss;
  private final long numbers;

  /**
   * @param numbers how many enter the loss
   */
  CentralDifferences(Supplier<Loss> loss, long numbers) {
    this.loss = loss;
    this.numbers = numbers;
  }

  void check(ReferenceTensor x, double[] gradient, Random random) {
    double[] direction = random.doubles(gradient.length, -1, 1).toArray();
    double derivative = 0;
    for (int i = 0; i < gradient.length; i++) {
      derivative += gradient[i] * direction[i];
    }
    double near = quotient(x, direction, STEP);
    double far = quotient(x, direction, 2 * STEP);
    double truncation = Math.abs(far - near);
    double rounding = numbers * ROUND_OFF * loss.get().magnitude() / STEP;
    double error = Math.abs(derivative - near);
    assertTrue(
        error <= truncation + rounding,
        "gradient of %s along a direction is %.12g, its difference quotient %.12g; they may differ by %.2g"
            .formatted(x.name(), derivative, near, truncation + rounding));
  }

  private double quotient(ReferenceTensor x, double[] direction, double step) {
    return (at(x, direction, step) - at(x, direction, -step)) / (2 * step);
  }

  private double at(ReferenceTensor x, double[] direction, double step) {
    double[] values = x.toArray();
    double[] moved = values.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    x.write(moved);
    double result = loss.get().value();
    x.write(values);
    return result;
  }
}
