package dev.selkie.training.checkpoint;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.Halves;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of values that a safetensors file may hold, under the format's own names. */
enum DataType {
  F64(64),
  F32(32),
  F16(16),
  BF16(16),
  F8_E4M3(8),
  F8_E5M2(8),
  F8_E8M0(8),
  F6_E2M3(6),
  F6_E3M2(6),
  F4(4),
  C64(64),
  I64(64),
  U64(64),
  I32(32),
  U32(32),
  I16(16),
  U16(16),
  I8(8),
  U8(8),
  BOOL(8);

  private final int bits;

  DataType(int bits) {
    this.bits = bits;
  }

  static Optional<DataType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** Whether values of this type become float32 without being guessed at. */
  boolean readable() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /** The types that are {@link #readable}, in words. */
  static String readableNames() {
    return Arrays.stream(values())
        .filter(DataType::readable)
        .map(DataType::name)
        .collect(Collectors.joining(", "));
  }

  /**
   * Bytes of so many values.
   *
   * @throws ArithmeticException where that is more than a long, or no whole number of bytes
   */
  long bytes(long elements) {
    long all = Math.multiplyExact(elements, bits);
    if (all % Byte.SIZE != 0) {
      throw new ArithmeticException("%d bits are no whole number of bytes".formatted(all));
    }
    return all / Byte.SIZE;
  }

  /**
   * The next value as float32: F16 and BF16 exactly, F64 rounded. A finite F64 beyond float32's
   * range comes out infinite.
   */
  float next(ByteBuffer buffer) {
    return switch (this) {
      case F64 -> (float) buffer.getDouble();
      case F32 -> buffer.getFloat();
      case F16 -> Halves.value(Element.FLOAT16, buffer.getShort());
      case BF16 -> Halves.value(Element.BFLOAT16, buffer.getShort());
      default -> throw new IllegalStateException(this + " is no type of weights");
    };
  }
}
