package dev.selkie.runtime;

/** What a tensor holds. */
public enum Element {
  FLOAT32(32),
  /** One byte per value: the winning tap of a max-pool window. */
  UINT8(8),
  /** One bit per value, eight to a byte, lowest first: where a ReLU let a value through. */
  BIT(1);

  private final int bits;

  Element(int bits) {
    this.bits = bits;
  }

  /** Bytes that {@code count} values take. */
  public long bytes(long count) {
    return (count * bits + 7) / 8;
  }
}
