package dev.selkie.processor.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Which bytes of the planned region are taken during which calls: a segment tree over the calls, so
 * that neither taking nor asking looks at every buffer that is placed already.
 *
 * <p>A span of calls keeps two sets of bytes: those taken during all of it, and those taken during
 * any of it. A life falls into few spans that it covers whole; taken in it is what is taken during
 * any of those spans, or during all of a span around one.
 */
final class Occupancy {
  private final int calls;
  private final Stretches[] throughout;
  private final Stretches[] sometime;

  Occupancy(int calls) {
    int leaves = 1;
    while (leaves < calls) {
      leaves *= 2;
    }
    this.calls = leaves;
    this.throughout = new Stretches[2 * leaves];
    this.sometime = new Stretches[2 * leaves];
  }

  /** The lowest offset with that many bytes free from call {@code first} to {@code last}. */
  long lowestFree(int first, int last, long bytes) {
    List<Stretches> taken = new ArrayList<>();
    collect(1, 0, calls - 1, first, last, taken);
    long offset = 0;
    long before;
    do {
      before = offset;
      for (Stretches each : taken) {
        offset = each.behindObstacle(offset, bytes);
      }
    } while (offset > before);
    return offset;
  }

  /**
   * Takes the bytes from {@code start} up to {@code end}, from call {@code first} to {@code last}.
   */
  void take(int first, int last, long start, long end) {
    take(1, 0, calls - 1, first, last, start, end);
  }

  private void collect(int span, int from, int to, int first, int last, List<Stretches> taken) {
    if (to < first || last < from) {
      return;
    }
    boolean whole = first <= from && to <= last;
    Stretches here = whole ? sometime[span] : throughout[span];
    if (here != null) {
      taken.add(here);
    }
    if (!whole) {
      int middle = (from + to) >>> 1;
      collect(2 * span, from, middle, first, last, taken);
      collect(2 * span + 1, middle + 1, to, first, last, taken);
    }
  }

  private void take(int span, int from, int to, int first, int last, long start, long end) {
    if (to < first || last < from) {
      return;
    }
    at(sometime, span).take(start, end);
    if (first <= from && to <= last) {
      at(throughout, span).take(start, end);
      return;
    }
    int middle = (from + to) >>> 1;
    take(2 * span, from, middle, first, last, start, end);
    take(2 * span + 1, middle + 1, to, first, last, start, end);
  }

  private static Stretches at(Stretches[] spans, int span) {
    if (spans[span] == null) {
      spans[span] = new Stretches();
    }
    return spans[span];
  }
}
