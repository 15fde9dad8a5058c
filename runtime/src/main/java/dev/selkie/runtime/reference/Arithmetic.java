package dev.selkie.runtime.reference;

/** The numbers the reference computes with. */
public interface Arithmetic {
  /** The oracle. */
  Arithmetic DOUBLE = v -> v;

  /**
   * The plain float32 loop: rounding a double after each operation gives exactly float's sums,
   * products, quotients and roots, since 53 bits are more than twice 24 and two.
   */
  Arithmetic FLOAT = v -> (float) v;

  /** Applied to the result of every operation. */
  double round(double value);

  /** Where a ReLU decides. */
  default boolean positive(double value) {
    return value > 0;
  }
}
