package dev.selkie.random;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The errors of one device against the interpreter, by quantity, over draws of weights and images.
 * As in {@code selkie verify}: in half of the draws or more it may err at most twice as much as the
 * plain float32 loop does in its worst, plus four units in the last place; so that a ReLU or a
 * maximum that float32 decides otherwise, which is luck and rare, is no error.
 *
 * <p>For a device in double the same is allowed as a share of its own unit, 2^-29 of float32's;
 * nine bits of that are left to the interpreter, whose sums are naive and up to some hundred terms
 * long.
 */
final class Verdict {
  private static final double FLOOR = 4 * (double) Math.ulp(1f);
  private static final double DOUBLE = 0x1p-20;

  private final String device;
  private final double share;
  private final Map<String, List<Double>> errors = new LinkedHashMap<>();
  private final Map<String, Double> plain = new LinkedHashMap<>();

  Verdict(String device, boolean isDouble) {
    this.device = device;
    this.share = isDouble ? DOUBLE : 1;
  }

  /** Adds one draw. */
  void add(Step exact, Step rounded, Step found) {
    if (!exact.quantities().keySet().equals(found.quantities().keySet())) {
      throw new AssertionError(exact.quantities().keySet() + " " + found.quantities().keySet());
    }
    exact
        .quantities()
        .forEach(
            (name, values) -> {
              double size = exact.sizes().getOrDefault(name, 0.0);
              double error = error(values, found.quantities().get(name), size);
              errors.computeIfAbsent(name, key -> new ArrayList<>()).add(error);
              plain.merge(name, error(values, rounded.quantities().get(name), size), Math::max);
            });
  }

  /** One sentence for each quantity that is wrong. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    errors.forEach(
        (name, found) -> {
          // NaN sorts behind all numbers.
          double error = found.stream().sorted().toList().get((found.size() - 1) / 2);
          double allowed = share * (2 * plain.get(name) + FLOOR);
          if (!(error <= allowed)) {
            faults.add(
                "%s: %s errs by %.3g, allowed is %.3g".formatted(device, name, error, allowed));
          }
        });
    return faults;
  }

  /** The largest deviation as a share of the largest magnitude, or of that of the summands. */
  private static double error(double[] exact, double[] found, double size) {
    double magnitude = Math.max(size, Double.MIN_NORMAL);
    double largest = 0;
    for (int i = 0; i < exact.length; i++) {
      magnitude = Math.max(magnitude, Math.abs(exact[i]));
      double deviation = Math.abs(found[i] - exact[i]);
      largest = deviation <= largest ? largest : deviation;
    }
    return largest / magnitude;
  }
}
