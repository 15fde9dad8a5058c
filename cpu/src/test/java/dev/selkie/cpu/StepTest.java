package dev.selkie.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for whole steps: nothing allocated, and the same bits in every run. */
class StepTest {

  /**
   * Of several runs of ten steps, because HotSpot itself allocates a few bytes on a thread at times
   * as it compiles; a verb that allocated would do so in each.
   */
  @Test
  void laterStepsAllocateNothingOnAnyLane() {
    try (Bench bench = new Bench(2)) {
      SmallNetwork network = new SmallNetwork(bench);
      network.step();
      long bytes = allocatedByTenSteps(bench, network);
      for (int i = 0; i < 20 && bytes != 0; i++) {
        bytes = allocatedByTenSteps(bench, network);
      }
      assertEquals(0, bytes, "bytes in ten steps");
    }
  }

  private static long allocatedByTenSteps(Bench bench, SmallNetwork network) {
    long before = allocated(bench);
    long measuring = allocated(bench) - before;
    before = allocated(bench);
    for (int i = 0; i < 10; i++) {
      network.step();
    }
    return allocated(bench) - before - measuring;
  }

  /** Bytes allocated so far by the caller and all other lanes. */
  private static long allocated(Bench bench) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (long id : bench.backend.lanes().threadIds()) {
      sum += threads.getThreadAllocatedBytes(id);
    }
    return sum;
  }

  @Test
  void everyRunGivesTheSameBits() {
    List<float[]> first = run(2).values();
    List<float[]> second = run(2).values();
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.get(i), second.get(i));
    }
  }

  /** Only sums over samples may differ between numbers of lanes, and here there are none yet. */
  @Test
  void activationsDoNotDependOnTheNumberOfLanes() {
    assertArrayEquals(first(1), first(2));
    assertArrayEquals(first(1), first(5));
  }

  private static float[] first(int lanes) {
    try (Bench bench = new Bench(lanes)) {
      SmallNetwork network = new SmallNetwork(bench);
      network.step();
      return network.activation();
    }
  }

  private record Result(List<float[]> values) {}

  private static Result run(int lanes) {
    try (Bench bench = new Bench(lanes)) {
      SmallNetwork network = new SmallNetwork(bench);
      for (int i = 0; i < 5; i++) {
        network.step();
      }
      return new Result(network.values());
    }
  }
}
