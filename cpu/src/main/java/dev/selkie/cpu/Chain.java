package dev.selkie.cpu;

/**
 * Verbs that wait to be run together, depth first: all of them on a few samples, then all on the
 * next few, so that what one writes the next still finds in the second-level cache. Between two
 * batch statistics every verb of a residual unit is such a verb; run breadth first, each would read
 * its whole input from memory again.
 *
 * <p>Buffers share places by a plan made for the verbs' own order. So a verb joins only where its
 * samples lie clear of those of the verbs before it, or in the very same places.
 */
final class Chain implements Lanes.Work {
  private static final int LONGEST = 16;

  private final Lanes lanes;
  private final Link[] links = new Link[LONGEST];
  private int count;
  private int samples;
  private int chunk;

  Chain(Lanes lanes) {
    this.lanes = lanes;
  }

  /** Runs the link with those that wait, now or later. */
  void add(Link link, int items) {
    if (count == LONGEST || (count > 0 && items != samples) || conflicts(link)) {
      settle();
    }
    links[count++] = link;
    samples = items;
    chunk = Math.max(chunk, link.chunk());
  }

  /** After this the link may be given new work. */
  <T extends Link> T release(T link) {
    for (int i = 0; i < count; i++) {
      if (links[i] == link) {
        settle();
      }
    }
    return link;
  }

  /** Runs all that waits. */
  void settle() {
    if (count == 0) {
      return;
    }
    int running = count;
    chunk = chunk == 0 ? OneDnn.chunk(samples, largest()) : chunk;
    try {
      lanes.runNow(this, samples);
      for (int i = 0; i < running; i++) {
        links[i].finish();
      }
    } finally {
      drop();
    }
  }

  /** Forgets what waits; its memory is about to be freed. */
  void drop() {
    java.util.Arrays.fill(links, 0, count, null);
    count = 0;
    chunk = 0;
  }

  @Override
  public void run(Lane lane, int from, int to) {
    for (int i = 0; i < count; i++) {
      links[i].begin(lane);
    }
    for (int start = from; start < to; start += chunk) {
      int end = Math.min(start + chunk, to);
      for (int i = 0; i < count; i++) {
        links[i].run(lane, start, end);
      }
    }
  }

  /** Bytes of one sample of the two largest activations. */
  private long largest() {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      for (CpuTensor tensor : links[i].touched()) {
        bytes = Math.max(bytes, tensor == null ? 0 : 8L * tensor.perSample());
      }
    }
    return bytes;
  }

  private boolean conflicts(Link link) {
    for (int i = 0; i < count; i++) {
      if (links[i] == link || conflict(links[i], link)) {
        return true;
      }
    }
    return false;
  }

  private static boolean conflict(Link earlier, Link later) {
    CpuTensor[] first = earlier.touched();
    CpuTensor[] second = later.touched();
    for (int i = 0; i < first.length; i++) {
      for (int k = 0; k < second.length; k++) {
        boolean writes = i < earlier.written() || k < later.written();
        if (writes && first[i] != null && second[k] != null && first[i].mixes(second[k])) {
          return true;
        }
      }
    }
    return false;
  }
}
