package dev.selkie.processor.plan;

import java.util.Arrays;

/** Bytes that are taken, as stretches that neither meet nor touch, in the order of their starts. */
final class Stretches {
  private static final int FEW = 2;

  private long[] starts = new long[FEW];
  private long[] ends = new long[FEW];
  private int count;

  /** Takes the bytes from {@code start} up to {@code end}, whether or not some are taken. */
  void take(long start, long end) {
    int first = firstEndingFrom(start);
    int behind = first;
    long from = start;
    long to = end;
    while (behind < count && starts[behind] <= end) {
      from = Math.min(from, starts[behind]);
      to = Math.max(to, ends[behind]);
      behind++;
    }
    replace(first, behind);
    starts[first] = from;
    ends[first] = to;
  }

  /**
   * The lowest place not below {@code offset} that could hold as many bytes as far as the last of
   * the stretches in the way of those at {@code offset} is concerned: its end, or {@code offset}
   * itself where none is in the way. No place between the two is free.
   */
  long behindObstacle(long offset, long bytes) {
    int behind = firstStartingFrom(offset + bytes);
    return behind == 0 ? offset : Math.max(offset, ends[behind - 1]);
  }

  /** Makes room for one stretch where those from {@code first} up to {@code behind} are. */
  private void replace(int first, int behind) {
    int after = count - behind;
    count = first + 1 + after;
    if (count > starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    System.arraycopy(starts, behind, starts, first + 1, after);
    System.arraycopy(ends, behind, ends, first + 1, after);
  }

  private int firstEndingFrom(long place) {
    return first(ends, place);
  }

  private int firstStartingFrom(long place) {
    return first(starts, place);
  }

  /** Index of the first that is {@code place} or more; {@code count} where none is. */
  private int first(long[] ascending, long place) {
    int found = Arrays.binarySearch(ascending, 0, count, place);
    return found < 0 ? -found - 1 : found;
  }
}
