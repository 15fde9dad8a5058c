package dev.selkie.runtime.conformance;

import java.util.Map;
import java.util.TreeMap;

/**
 * The one rule: a tensor's error is its largest deviation from the reference as a share of the
 * reference's largest magnitude; a backend may err twice as much as the plain float32 loop does on
 * the same inputs, plus four units in the last place. Errors are the worst of several draws, since
 * one draw can be lucky.
 */
final class Tolerance {
  private static final double PLAIN_FACTOR = 2;
  private static final double FLOOR = 4 * Math.ulp(1f);

  private final Map<String, Double> errors = new TreeMap<>();
  private final Map<String, Double> plainErrors = new TreeMap<>();

  /** The tensor that comes nearest to, or furthest beyond, what is allowed. */
  record Worst(String tensor, double error, double allowed) {
    boolean holds() {
      return error <= allowed;
    }
  }

  /** Adds one draw. */
  void add(
      Map<String, double[]> exact, Map<String, double[]> plain, Map<String, double[]> subject) {
    exact.forEach(
        (tensor, values) -> {
          errors.merge(tensor, error(values, subject.get(tensor)), Math::max);
          plainErrors.merge(tensor, error(values, plain.get(tensor)), Math::max);
        });
  }

  Worst worst() {
    return errors.keySet().stream()
        .map(tensor -> new Worst(tensor, errors.get(tensor), allowed(tensor)))
        .max((a, b) -> Double.compare(a.error() / a.allowed(), b.error() / b.allowed()))
        .orElseThrow();
  }

  private double allowed(String tensor) {
    return PLAIN_FACTOR * plainErrors.get(tensor) + FLOOR;
  }

  private static double error(double[] exact, double[] got) {
    double largest = Float.MIN_NORMAL;
    for (double value : exact) {
      largest = Double.isNaN(value) ? largest : Math.max(largest, Math.abs(value));
    }
    double error = 0;
    for (int i = 0; i < exact.length; i++) {
      // Poison that the reference leaves must be left, and nothing else may be no number.
      boolean same = Double.isNaN(exact[i]) == Double.isNaN(got[i]);
      double deviation = Double.isNaN(exact[i]) ? 0 : Math.abs(got[i] - exact[i]);
      error = Math.max(error, same ? deviation / largest : Double.POSITIVE_INFINITY);
    }
    return error;
  }
}
