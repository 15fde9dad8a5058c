package dev.selkie.processor.graph.op;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.graph.ShapeException;

/** Channels in equal parts, or the complaint that there is no such number of them. */
final class Divisibility {
  private Divisibility() {}

  /**
   * @param which channels are meant, such as input
   * @param member that says into how many parts
   */
  static void require(String path, int channels, String which, String member, int parts)
      throws ShapeException {
    if (channels % parts != 0) {
      throw new ShapeException(
          Message.NOT_DIVISIBLE,
          member,
          path,
          channels,
          which,
          member,
          parts,
          member,
          divisor(channels, parts));
    }
  }

  /** The largest number up to these parts that divides these channels. */
  private static int divisor(int channels, int parts) {
    int best = Math.min(parts, channels);
    while (channels % best != 0) {
      best--;
    }
    return best;
  }
}
