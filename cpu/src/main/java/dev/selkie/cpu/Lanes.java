package dev.selkie.cpu;

import dev.selkie.runtime.BackendException;

/**
 * A fixed set of threads, the first of them the caller's own. Work is split by number alone, never
 * by speed: the same items go to the same lane in every run.
 */
final class Lanes implements AutoCloseable {

  /** What a verb does with a range of items: samples, tiles or channels. */
  interface Work {
    void run(Lane lane, int from, int to);
  }

  private final Lane[] lanes;
  private final Chain chain = new Chain(this);
  private volatile boolean closed;

  Lanes(int count) {
    // JavaCPP's classes deadlock when two threads load them at once: load before threads start.
    OpenMp.isControlled();
    lanes = new Lane[count];
    for (int i = 0; i < count; i++) {
      lanes[i] = new Lane(i);
    }
    for (int i = 1; i < count; i++) {
      lanes[i].start();
    }
  }

  /** How many lanes work on that many items. */
  int active(int items) {
    return Math.min(items, lanes.length);
  }

  /** First item of a lane, and the end of the lane before it. */
  int start(int lane, int items) {
    return (int) ((long) items * lane / active(items));
  }

  /** How many of them the lane works on. */
  int samples(int lane, int items) {
    return start(lane + 1, items) - start(lane, items);
  }

  Lane lane(int index) {
    return lanes[index];
  }

  int count() {
    return lanes.length;
  }

  /** Of all lanes but the caller's. */
  long[] threadIds() {
    return java.util.Arrays.stream(lanes).skip(1).mapToLong(Lane::threadId).toArray();
  }

  /** Verbs that wait for others to run with. */
  Chain chain() {
    return chain;
  }

  /** Runs what waits, then the work on all items, and waits for it. */
  void run(Work work, int items) {
    chain.settle();
    runNow(work, items);
  }

  /** As {@link #run}, leaving alone what waits. */
  void runNow(Work work, int items) {
    if (closed) {
      throw new BackendException("the CPU backend is closed; keep it open while it is in use");
    }
    OpenMp.single();
    try {
      int active = active(items);
      for (int i = 1; i < active; i++) {
        lanes[i].post(work, start(i, items), start(i + 1, items));
      }
      Throwable failure = runHere(work, start(1, items));
      for (int i = 1; i < active; i++) {
        lanes[i].await();
        Throwable other = lanes[i].takeFailure();
        failure = failure == null ? other : failure;
      }
      rethrow(failure);
    } finally {
      OpenMp.restore();
    }
  }

  @Override
  public void close() {
    closed = true;
    chain.drop();
    for (int i = 1; i < lanes.length; i++) {
      lanes[i].stop();
    }
  }

  /** A failure must not leave before the other lanes have finished with the memory. */
  private Throwable runHere(Work work, int to) {
    try {
      work.run(lanes[0], 0, to);
      return null;
    } catch (RuntimeException | Error e) {
      return e;
    }
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
