package dev.selkie.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for whole steps: nothing allocated, and the same bits in every run. */
class StepTest {

  @Test
  void laterStepsAllocateNothingOnAnyLane() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Bench bench = new Bench(2)) {
      SmallNetwork network = new SmallNetwork(bench);
      for (int i = 0; i < 20; i++) {
        network.step();
      }
      long[] ids = bench.backend.lanes().threadIds();
      threads.getThreadAllocatedBytes(ids);
      long[] before = threads.getThreadAllocatedBytes(ids);
      long here = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      long empty = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - here;
      here = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      for (int i = 0; i < 50; i++) {
        network.step();
      }
      long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      assertEquals(empty, after - here, "bytes on the caller's lane");
      assertArrayEquals(before, threads.getThreadAllocatedBytes(ids), "bytes on the other lanes");
    }
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
