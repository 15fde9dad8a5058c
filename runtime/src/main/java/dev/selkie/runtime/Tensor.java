package dev.selkie.runtime;

/**
 * A named place in an {@link Arena}: a shape and an address, without arithmetic.
 *
 * <p>In an annotated interface it is the type of every edge.
 */
public interface Tensor {
  /** The path of the value, such as {@code stage1.0.reduce}. */
  String name();

  Shape shape();

  Element element();

  /**
   * Where it lies; a backend whose tensors do not know that answers for each a memory of its own.
   */
  default Extent extent() {
    return Extent.of(this, 0, shape(), element());
  }

  /** Copies all values to the host in NHWC order, as floats whatever type of activation it is. */
  void read(float[] values);

  /** Copies all values from the host in NHWC order, rounded to the type of activation it is. */
  void write(float[] values);
}
