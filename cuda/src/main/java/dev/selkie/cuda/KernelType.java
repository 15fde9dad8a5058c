package dev.selkie.cuda;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Element;

/** Types of activations, as {@code enum class Type} in {@code kernels.h} numbers them. */
enum KernelType {
  FLOAT32,
  BFLOAT16,
  FLOAT16;

  int code() {
    return ordinal();
  }

  /** The type of an activation. */
  static KernelType of(DeviceTensor tensor) {
    if (!tensor.element().isActivation()) {
      throw new BackendException(
          "%s holds %s, but kernels compute on activations"
              .formatted(tensor.name(), tensor.element()));
    }
    return of(tensor.element());
  }

  static KernelType of(Element element) {
    return switch (element) {
      case BFLOAT16 -> BFLOAT16;
      case FLOAT16 -> FLOAT16;
      default -> FLOAT32;
    };
  }
}
