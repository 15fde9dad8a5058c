package dev.selkie.runtime.reference;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.Halves;
import dev.selkie.runtime.Precision;

/**
 * Rounding a double after each operation gives exactly float's sums, products, quotients and roots,
 * since 53 bits are more than twice 24 and two.
 */
final class FloatArithmetic implements Arithmetic {
  @Override
  public double round(double value) {
    return (float) value;
  }

  @Override
  public double store(double value, Element type) {
    return Halves.round(type, (float) value);
  }

  @Override
  public double factor(double value, Precision precision) {
    return precision.factor((float) value);
  }
}
