package dev.selkie.parity;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a training run computes, quantity by quantity, in PyTorch's order of dimensions. */
record Trace(Map<Quantity, double[]> values) {

  /**
   * One tensor of the run.
   *
   * @param kind such as {@code gradient}
   * @param name of the parameter or statistic, or empty
   */
  record Quantity(String kind, String name) {
    @Override
    public String toString() {
      return name.isEmpty() ? kind : kind + " of " + name;
    }
  }

  Trace() {
    this(new LinkedHashMap<>());
  }

  void add(String kind, String name, double[] tensor) {
    values.put(new Quantity(kind, name), tensor);
  }
}
