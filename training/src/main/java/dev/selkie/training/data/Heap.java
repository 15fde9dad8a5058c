package dev.selkie.training.data;

import java.util.function.Supplier;

/** What the JVM may use of memory, and the sentence where that is too little. */
public final class Heap {
  private static final long MEGABYTE = 1 << 20;

  /** The longest array that every JVM makes. */
  private static final long LONGEST = Integer.MAX_VALUE - 8;

  private Heap() {}

  /**
   * An array of zeros.
   *
   * @param what the array is for, as the start of a sentence
   * @throws DataException where it is longer than an array can be, or than the heap has room for
   */
  static byte[] bytes(String what, long count) {
    if (count > LONGEST) {
      throw new DataException(
          "%s: that is %,d bytes, and Selkie holds at most %,d at once; use fewer or smaller images"
              .formatted(what, count, LONGEST));
    }
    require(what, count);
    return guard(what, () -> new byte[(int) count]);
  }

  /**
   * @throws DataException where the heap could not hold that many bytes even if it were empty
   */
  static void require(String what, long bytes) {
    long limit = Runtime.getRuntime().maxMemory();
    if (bytes > limit) {
      throw new DataException(
          "%s: that needs %,d MB of memory, and this JVM may use %,d MB; raise it (JAVA_TOOL_OPTIONS=-Xmx%dm), or use fewer or smaller images"
              .formatted(what, up(bytes), limit / MEGABYTE, 2 * up(bytes)));
    }
  }

  /**
   * The work's result.
   *
   * @throws DataException where the heap ran full
   */
  public static <T> T guard(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (OutOfMemoryError e) {
      throw full(what, e);
    }
  }

  static DataException full(String what, Throwable cause) {
    long limit = up(Runtime.getRuntime().maxMemory());
    return new DataException(
        "%s: that does not fit into the %,d MB of memory that this JVM may use; raise it (JAVA_TOOL_OPTIONS=-Xmx%dm), or use fewer or smaller images"
            .formatted(what, limit, 2 * limit),
        cause);
  }

  private static long up(long bytes) {
    return (bytes + MEGABYTE - 1) / MEGABYTE;
  }
}
