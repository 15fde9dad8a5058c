package dev.selkie.runtime.conformance;

import java.util.Map;
import java.util.TreeMap;

/**
 * The one rule: a tensor's error is its largest deviation from the reference as a share of the
 * reference's largest magnitude; a backend may err twice as much as the plain float32 loop does on
 * the same inputs, plus four units in the last place.
 *
 * <p>Both errors are the worst of several draws, more for small tensors: the rounding of a single
 * number can be lucky.
 */
final class Tolerance {
  private static final double PLAIN_FACTOR = 2;
  private static final double FLOOR = 4 * Math.ulp(1f);
  private static final int FEWEST_DRAWS = 3;
  private static final int MOST_DRAWS = 16;
  private static final int ENOUGH_VALUES = 64;

  private final Map<String, Deviation> subject = new TreeMap<>();
  private final Map<String, Deviation> plain = new TreeMap<>();
  private int draws;

  /** The tensor that comes nearest to, or furthest beyond, what is allowed. */
  record Worst(String tensor, double error, double allowed) {
    boolean holds() {
      return error <= allowed;
    }
  }

  /** Of one tensor over all draws so far. */
  private record Deviation(double largest, double magnitude, long values) {
    Deviation and(Deviation other) {
      return new Deviation(
          Math.max(largest, other.largest),
          Math.max(magnitude, other.magnitude),
          values + other.values);
    }

    double share() {
      return largest / magnitude;
    }
  }

  /** Adds one draw. */
  void add(Map<String, double[]> exact, Map<String, double[]> rounded, Map<String, double[]> got) {
    draws++;
    exact.forEach(
        (tensor, values) -> {
          plain.merge(tensor, deviation(values, rounded.get(tensor)), Deviation::and);
          subject.merge(tensor, deviation(values, got.get(tensor)), Deviation::and);
        });
  }

  boolean hasEnough() {
    boolean small = plain.values().stream().anyMatch(d -> d.values() < ENOUGH_VALUES);
    return draws >= (small ? MOST_DRAWS : FEWEST_DRAWS);
  }

  Worst worst() {
    return subject.keySet().stream()
        .map(tensor -> new Worst(tensor, subject.get(tensor).share(), allowed(tensor)))
        .max((a, b) -> Double.compare(a.error() / a.allowed(), b.error() / b.allowed()))
        .orElseThrow();
  }

  private double allowed(String tensor) {
    return PLAIN_FACTOR * plain.get(tensor).share() + FLOOR;
  }

  private static Deviation deviation(double[] exact, double[] got) {
    double magnitude = Float.MIN_NORMAL;
    double largest = 0;
    for (int i = 0; i < exact.length; i++) {
      if (Double.isNaN(exact[i]) || Double.isNaN(got[i])) {
        // Poison that the reference leaves must be left, and nothing else may be no number.
        boolean both = Double.isNaN(exact[i]) && Double.isNaN(got[i]);
        largest = both ? largest : Double.POSITIVE_INFINITY;
      } else {
        magnitude = Math.max(magnitude, Math.abs(exact[i]));
        largest = Math.max(largest, Math.abs(got[i] - exact[i]));
      }
    }
    return new Deviation(largest, magnitude, exact.length);
  }
}
