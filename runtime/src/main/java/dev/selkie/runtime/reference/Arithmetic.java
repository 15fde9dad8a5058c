package dev.selkie.runtime.reference;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.Precision;

/** The numbers the reference computes with. */
public interface Arithmetic {
  /** The oracle: nothing is ever rounded, whatever the type it is stored in. */
  Arithmetic DOUBLE = v -> v;

  /** The plain float32 loop, which stores activations in their type. */
  Arithmetic FLOAT = new FloatArithmetic();

  /** Applied to the result of every operation. */
  double round(double value);

  /** Applied to what is stored, besides {@link #round}. */
  default double store(double value, Element type) {
    return value;
  }

  /** Applied to both factors of a convolution's and a dense layer's products. */
  default double factor(double value, Precision precision) {
    return value;
  }

  /** Where a ReLU decides. */
  default boolean positive(double value) {
    return value > 0;
  }
}
