package dev.selkie.runtime;

/**
 * The bytes that a tensor takes up.
 *
 * @param memory what they lie in, compared by identity
 * @param first byte within it
 * @param end the byte behind the last
 */
public record Extent(Object memory, long first, long end) {

  /** From a byte on, as many as the shape's values take. */
  public static Extent of(Object memory, long first, Shape shape, Element element) {
    return new Extent(memory, first, first + element.bytes(shape.elements()));
  }

  /** Whether both have a byte. */
  public boolean overlaps(Extent other) {
    return memory == other.memory && first < other.end && other.first < end;
  }

  /** Whether both are the very same bytes. */
  public boolean coincides(Extent other) {
    return memory == other.memory && first == other.first && end == other.end;
  }
}
