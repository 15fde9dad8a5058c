package dev.selkie.runtime;

/** Images per step. */
public record Batch(int size) {
  public Batch {
    if (size < 1) {
      throw new IllegalArgumentException("a batch has at least one image, not " + size);
    }
  }

  /** For {@code SeResNet20Network.on(Device.best(), batch(128))}. */
  public static Batch batch(int size) {
    return new Batch(size);
  }
}
