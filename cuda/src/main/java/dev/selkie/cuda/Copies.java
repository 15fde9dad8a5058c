package dev.selkie.cuda;

import dev.selkie.runtime.Layout;
import dev.selkie.runtime.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * The 16-bit copies of a network's weights, and of those folded for inference: what products read.
 * Whoever writes the float32 values also writes the copy.
 */
final class Copies {
  private final Driver driver;
  private final boolean wanted;
  private final List<Range> ranges = new ArrayList<>();

  Copies(Driver driver, Precision precision) {
    this.driver = driver;
    this.wanted = precision.activations().bits() == 16;
  }

  /** Float32 values from an address up to another, and where their copies begin. */
  private record Range(long from, long to, long copies) {}

  /** Makes room for the copies of a network whose arena begins there. */
  void cover(long arena, Layout layout) {
    if (wanted) {
      cover(arena, arena + layout.decayed());
      cover(arena + 2 * layout.decayed() + 2 * layout.plain(), arena + layout.bytesFixed());
    }
  }

  /** What that network's copies take. */
  long bytes(Layout layout) {
    return wanted ? (layout.decayed() + layout.fixed()) / 2 : 0;
  }

  private void cover(long from, long to) {
    if (to > from) {
      ranges.add(new Range(from, to, driver.allocate((to - from) / 2)));
    }
  }

  /** Where the copy of the value at that address lies; 0 where none is kept. */
  long of(long address) {
    for (int i = 0; i < ranges.size(); i++) {
      Range range = ranges.get(i);
      if (address >= range.from() && address < range.to()) {
        return range.copies() + (address - range.from()) / 2;
      }
    }
    return 0;
  }

  void release() {
    ranges.forEach(range -> driver.free(range.copies()));
    ranges.clear();
  }
}
