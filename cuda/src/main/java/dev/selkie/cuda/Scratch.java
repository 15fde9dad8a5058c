package dev.selkie.cuda;

/**
 * Memory that one launch writes and reads again; all share it, since they run one after another. It
 * grows where a verb needs more, which must not happen while a graph is captured: the graph knows
 * the old address.
 */
final class Scratch {
  private static final long STEP = 1L << 20;

  private final Driver driver;
  private long address;
  private long bytes;
  private boolean fixed;

  Scratch(Driver driver) {
    this.driver = driver;
  }

  long atLeast(long wanted) {
    if (wanted > bytes) {
      if (fixed) {
        throw new IllegalStateException(
            "this is a bug in the CUDA backend: a captured verb wants %d bytes of scratch, there are %d"
                .formatted(wanted, bytes));
      }
      driver.synchronize();
      release();
      bytes = (wanted + STEP - 1) / STEP * STEP;
      address = driver.allocate(bytes);
    }
    return address;
  }

  /** From now on it may not move. */
  void fix() {
    fixed = true;
  }

  void release() {
    if (bytes > 0) {
      driver.free(address);
      bytes = 0;
    }
  }
}
