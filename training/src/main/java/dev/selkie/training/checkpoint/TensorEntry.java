package dev.selkie.training.checkpoint;

import java.util.List;

/**
 * One tensor of a safetensors file.
 *
 * @param type such as {@code F32}
 * @param shape empty for a scalar
 * @param begin offset of its first byte behind the header
 * @param end offset behind its last byte
 */
record TensorEntry(String name, String type, List<Long> shape, long begin, long end) {

  TensorEntry {
    shape = List.copyOf(shape);
  }

  long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
