package dev.selkie.training;

/** A sentence for an OutOfMemoryError, with what there is and what helps. */
public final class HeapAdvice {
  private HeapAdvice() {}

  /** Such as {@code Java heap space: ...}. */
  public static String of(OutOfMemoryError error) {
    return "Java has no memory left (%s) of %,d MB; give it more, as by JAVA_TOOL_OPTIONS=-Xmx8g, or choose a smaller batch or fewer images"
        .formatted(
            error.getMessage() == null ? "heap" : error.getMessage(),
            Runtime.getRuntime().maxMemory() >> 20);
  }
}
