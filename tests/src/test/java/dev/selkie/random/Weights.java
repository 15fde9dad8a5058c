package dev.selkie.random;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Parameters and running statistics by name, with the gradients that were found. */
final class Weights {
  private final Map<String, double[]> values = new HashMap<>();
  private final Map<String, double[]> gradients = new HashMap<>();
  private final Map<String, double[]> sizes = new HashMap<>();
  private final Set<String> read = new HashSet<>();

  void put(String name, double[] numbers) {
    values.put(name, numbers);
    gradients.put(name, new double[numbers.length]);
    sizes.put(name, new double[numbers.length]);
  }

  /** Of a name that the documentation says there must be, with as many numbers as it says. */
  double[] value(String name, int size) {
    double[] numbers = values.get(name);
    if (numbers == null || numbers.length != size) {
      throw new AssertionError(
          "%s has %s numbers, not %d; there are %s"
              .formatted(name, numbers == null ? "no" : numbers.length, size, values.keySet()));
    }
    read.add(name);
    return numbers;
  }

  double[] value(String name) {
    return values.get(name);
  }

  double[] gradient(String name) {
    return gradients.get(name);
  }

  /**
   * Adds a summand to a gradient.
   *
   * @param size of what the summand was taken from, where that is larger than itself
   */
  void learn(String name, int index, double summand, double size) {
    gradients.get(name)[index] += summand;
    sizes.get(name)[index] += Math.max(size, Math.abs(summand));
  }

  /** The largest sum of the magnitudes of one gradient's summands: what its rounding goes by. */
  double size(String name) {
    return Arrays.stream(sizes.get(name)).max().orElseThrow();
  }

  /** Names that no layer has asked for. */
  Set<String> unread() {
    Set<String> names = new HashSet<>(values.keySet());
    names.removeAll(read);
    return names;
  }
}
