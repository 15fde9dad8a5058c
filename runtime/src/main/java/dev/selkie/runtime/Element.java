package dev.selkie.runtime;

/** What a tensor holds. */
public enum Element {
  FLOAT32(32),
  /** The upper half of a float32: 8 bits of exponent, 7 of mantissa. */
  BFLOAT16(16),
  /** IEEE 754 binary16: 5 bits of exponent, 10 of mantissa. */
  FLOAT16(16),
  /** One byte per value: the winning tap of a max-pool window. */
  UINT8(8),
  /** One bit per value, eight to a byte, lowest first: where a ReLU let a value through. */
  BIT(1);

  private final int bits;

  Element(int bits) {
    this.bits = bits;
  }

  /** Whether it may hold activations, so that the host reads and writes them as floats. */
  public boolean isActivation() {
    return bits >= 16;
  }

  /** Bits of one value. */
  public int bits() {
    return bits;
  }

  /** Bytes that {@code count} values take. */
  public long bytes(long count) {
    return (count * bits + 7) / 8;
  }
}
