package dev.selkie.cuda;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory that one launch writes and reads again; all share it, since they run one after another. It
 * grows where a verb needs more, but not while a graph is recorded, and what a graph knows stays
 * where it is.
 */
final class Scratch {
  private static final long STEP = 1L << 20;

  /** What libraries want of an address. */
  private static final long ALIGNMENT = 256;

  private final Driver driver;
  private final List<Long> recorded = new ArrayList<>();
  private long address;
  private long bytes;
  private boolean recording;

  Scratch(Driver driver) {
    this.driver = driver;
  }

  static long align(long size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  long atLeast(long wanted) {
    if (wanted > bytes) {
      if (recording) {
        throw new IllegalStateException(
            "this is a bug in the CUDA backend: a recorded verb wants %d bytes of scratch, there are %d"
                .formatted(wanted, bytes));
      }
      driver.synchronize();
      free();
      // Where there is no room, there is no scratch: the block before is gone.
      long more = (wanted + STEP - 1) / STEP * STEP;
      address = driver.allocate(more);
      bytes = more;
    }
    return address;
  }

  /** While it lasts, the memory may neither grow nor, later, go away. */
  void recording(boolean present) {
    recording = present;
    if (present && bytes > 0 && !recorded.contains(address)) {
      recorded.add(address);
    }
  }

  /** Bytes that are in use, without what only graphs know. */
  long bytes() {
    return bytes;
  }

  void release() {
    free();
    recorded.forEach(driver::free);
    recorded.clear();
  }

  private void free() {
    if (bytes > 0 && !recorded.contains(address)) {
      driver.free(address);
    }
    bytes = 0;
  }
}
