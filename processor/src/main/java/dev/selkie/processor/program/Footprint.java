package dev.selkie.processor.program;

import dev.selkie.runtime.Layout;

/**
 * Bytes of the arena's fixed regions; each method says what the runtime's method of that name
 * takes, and the runtime compares the sum with what it handed out.
 */
public record Footprint(long decayed, long plain, long fixed, long workspace) {
  public static final Footprint NONE = new Footprint(0, 0, 0, 0);

  /** Input, labels, loss, logits and their gradient. */
  public static Footprint network(long input, long classes) {
    return new Footprint(0, 0, 0, floats(input) + 2 * floats(1) + 2 * floats(classes));
  }

  public static Footprint weight(long elements) {
    return new Footprint(floats(elements), 0, 0, 0);
  }

  public static Footprint vector(long channels) {
    return new Footprint(0, floats(channels), 0, 0);
  }

  public static Footprint batchNorm(long channels) {
    return new Footprint(
        0,
        2 * floats(channels),
        2 * floats(channels) + floats(4 * channels) + floats(2 * channels),
        2 * floats(2 * channels));
  }

  public static Footprint excitation(long channels, long hidden, boolean biased, boolean winners) {
    return new Footprint(
        2 * floats(channels * hidden),
        biased ? floats(hidden) + floats(channels) : 0,
        0,
        (winners ? 5 : 4) * floats(channels) + floats(hidden));
  }

  /** Its norms and convolutions left out. */
  public static Footprint selection(long channels, long hidden, long branches) {
    return new Footprint(
        floats(channels * hidden) + floats(branches * channels * hidden),
        2 * floats(hidden),
        2 * floats(hidden) + floats(4 * hidden),
        2 * floats(2 * branches * channels)
            + floats(branches * channels)
            + 2 * floats(channels)
            + 2 * floats(hidden));
  }

  public static Footprint folded(long elements) {
    return new Footprint(0, 0, floats(elements), 0);
  }

  public Footprint plus(Footprint other) {
    return new Footprint(
        decayed + other.decayed,
        plain + other.plain,
        fixed + other.fixed,
        workspace + other.workspace);
  }

  private static long floats(long count) {
    return Layout.align(Float.BYTES * count);
  }
}
