package dev.selkie.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.samples.SeResNet20Network;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A training step allocates nothing on the Java heap once it has run a few times. */
class AllocationTest {
  private static final int STEPS = 20;

  @Test
  void stepAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (SeResNet20Network network = SeResNet20Network.on(Device.cpu(), Batch.batch(4))) {
      Batches.fill(network, 1);
      OptimizerState optimizer = Sgd.sgd(0.01).momentum(0.9).bind(network);
      Runnable step =
          () -> {
            network.backend().ops().seed(1);
            network.forward();
            network.backward();
            optimizer.update(0.01f, 1);
          };
      for (int i = 0; i < STEPS; i++) {
        step.run();
      }
      long[] ids = threads.getAllThreadIds();
      long before = allocated(threads, ids);
      for (int i = 0; i < STEPS; i++) {
        step.run();
      }
      assertEquals(0, allocated(threads, ids) - before);
    }
  }

  /** By this thread and the backend's lanes; not by the machine's own, such as the compiler's. */
  private static long allocated(ThreadMXBean threads, long[] ids) {
    return Arrays.stream(ids)
        .filter(id -> id == Thread.currentThread().getId() || isLane(threads, id))
        .map(threads::getThreadAllocatedBytes)
        .sum();
  }

  private static boolean isLane(ThreadMXBean threads, long id) {
    var info = threads.getThreadInfo(id);
    return info != null && info.getThreadName().startsWith("selkie-cpu-");
  }
}
