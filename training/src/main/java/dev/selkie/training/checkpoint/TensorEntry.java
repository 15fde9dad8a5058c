package dev.selkie.training.checkpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * One tensor of a safetensors file.
 *
 * @param shape empty for a scalar
 * @param begin offset of its first byte behind the header
 * @param end offset behind its last byte
 */
record TensorEntry(String name, DataType type, List<Long> shape, long begin, long end) {

  TensorEntry {
    shape = List.copyOf(shape);
  }

  long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** Where in the shape the value of that number stands, such as {@code [3, 0, 2]}. */
  List<Long> place(long number) {
    List<Long> place = new ArrayList<>();
    for (int i = shape.size() - 1; i >= 0; i--) {
      place.add(0, number % shape.get(i));
      number /= shape.get(i);
    }
    return place;
  }
}
