package dev.selkie.cpu;

import dev.selkie.cpu.Lanes.Work;
import java.util.concurrent.locks.LockSupport;

/** One thread's share of a verb: a mailbox for work, and tiles to do it in. */
final class Lane implements Runnable {
  /**
   * Looks for new work this often, about a millisecond, before the thread parks: waking it is slow.
   */
  private static final int SPINS = 40_000;

  final int index;

  private float[][] tiles = new float[0][];
  private byte[] bytes = new byte[0];
  private Work work;
  private int from;
  private int to;
  private Throwable failure;
  private Thread thread;
  private int posts;
  private volatile int posted;
  private volatile int finished;
  private volatile boolean parked;
  private volatile boolean stopped;

  Lane(int index) {
    this.index = index;
  }

  /** An array of at least {@code length} floats, kept for this lane under the number {@code id}. */
  float[] tile(int id, int length) {
    if (id >= tiles.length) {
      tiles = java.util.Arrays.copyOf(tiles, id + 1);
    }
    if (tiles[id] == null || tiles[id].length < length) {
      tiles[id] = new float[length];
    }
    return tiles[id];
  }

  /** An array of at least {@code length} bytes, kept for this lane. */
  byte[] bytes(int length) {
    if (bytes.length < length) {
      bytes = new byte[length];
    }
    return bytes;
  }

  void start() {
    thread = new Thread(this, "selkie-cpu-" + index);
    thread.setDaemon(true);
    thread.start();
  }

  long threadId() {
    return thread.getId();
  }

  /** Asks for items {@code from} to {@code to}; called by the one thread that uses the backend. */
  void post(Work newWork, int first, int last) {
    work = newWork;
    from = first;
    to = last;
    posts++;
    posted = posts;
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /** Waits for what was posted; gives way after a while, should there be fewer processors. */
  @SuppressWarnings("ThreadPriorityCheck")
  void await() {
    for (int spins = 0; finished != posted; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    work = null;
  }

  /** What the last work threw, or null; asked once. */
  Throwable takeFailure() {
    Throwable result = failure;
    failure = null;
    return result;
  }

  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    OpenMp.single();
    while (awaitPost()) {
      try {
        work.run(this, from, to);
      } catch (Throwable e) {
        failure = e;
      }
      finished = posted;
    }
  }

  private boolean awaitPost() {
    for (int spins = 0; posted == finished && spins < SPINS; spins++) {
      Thread.onSpinWait();
    }
    parked = true;
    while (posted == finished && !stopped) {
      LockSupport.park(this);
    }
    parked = false;
    return !stopped;
  }
}
