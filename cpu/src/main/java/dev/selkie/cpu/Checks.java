package dev.selkie.cpu;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Shape;

/** Refuses tensors that do not belong together, before a verb touches memory. */
final class Checks {
  private Checks() {}

  /** Both hold float32 values of one shape. */
  static void same(String verb, CpuTensor a, CpuTensor b) {
    if (!a.shape().equals(b.shape()) || a.floats == null || b.floats == null) {
      throw new BackendException(
          "%s needs two FLOAT32 tensors of one shape, not %s (%s) and %s (%s)"
              .formatted(verb, a, a.element(), b, b.element()));
    }
  }

  /** {@code result} has {@code rows} values per sample and channel of {@code x}. */
  static void perChannel(String verb, CpuTensor result, CpuTensor x, int rows) {
    boolean fits =
        result.samples() == x.samples()
            && result.count() == (long) rows * x.samples() * x.channels();
    if (!fits) {
      throw new BackendException(
          "%s needs %d values per sample and channel of %s, not %s"
              .formatted(verb, rows, x, result));
    }
  }

  /** {@code values} is a vector with a value for each channel. */
  static void vector(String verb, CpuTensor values, int channels) {
    if (values.count() != channels) {
      throw new BackendException(
          "%s needs a vector of %d values, not %s".formatted(verb, channels, values));
    }
  }

  /** {@code found} holds elements of that kind, one for each of the shape's values. */
  static void holds(String verb, CpuTensor found, Element element, Shape shape) {
    if (found.element() != element || !found.shape().equals(shape)) {
      throw new BackendException(
          "%s needs %s of shape %s, not %s (%s)"
              .formatted(verb, element, shape, found, found.element()));
    }
  }

  static void that(boolean holds, String verb, String rule, CpuTensor a, CpuTensor b) {
    if (!holds) {
      throw new BackendException("%s needs %s, not %s and %s".formatted(verb, rule, a, b));
    }
  }
}
