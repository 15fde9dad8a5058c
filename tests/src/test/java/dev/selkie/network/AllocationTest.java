package dev.selkie.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.samples.SeResNet20Network;
import dev.selkie.samples.TinySkNetwork;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * A training step allocates nothing on the Java heap once it has run a few times. HotSpot itself
 * puts a few bytes on a thread now and then while it still compiles, so a stretch of ten steps is
 * asked for in which there is nothing; a step that allocates has no such stretch.
 */
class AllocationTest {
  private static final int STEPS = 10;
  private static final int STRETCHES = 40;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void stepAllocatesNothing() {
    requireNoAllocation(SeResNet20Network.on(Device.cpu(), Batch.batch(4)));
  }

  @Test
  void stepOfSelectiveKernelsAllocatesNothing() {
    requireNoAllocation(TinySkNetwork.on(Device.cpu(), Batch.batch(4)));
  }

  private void requireNoAllocation(TrainableNetwork trained) {
    try (TrainableNetwork network = trained) {
      Batches.fill(network, 1);
      OptimizerState optimizer = Sgd.sgd(0.01).momentum(0.9).bind(network);
      float[] losses = new float[network.batch()];
      Runnable step =
          () -> {
            network.backend().ops().seed(1);
            network.forward();
            network.backward();
            optimizer.prepare(0.01f, 1);
            optimizer.update();
            network.loss().read(losses);
          };
      step.run();
      long[] ids = workers();
      long least = Long.MAX_VALUE;
      for (int i = 0; i < STRETCHES && least > 0; i++) {
        least = Math.min(least, allocated(ids, step));
      }
      assertEquals(0, least, "bytes in the quietest " + STEPS + " steps");
    }
  }

  /** By these threads in some steps. */
  private long allocated(long[] ids, Runnable step) {
    long before = allocated(ids);
    for (int i = 0; i < STEPS; i++) {
      step.run();
    }
    return allocated(ids) - before;
  }

  private long allocated(long[] ids) {
    long bytes = 0;
    for (long id : ids) {
      bytes += threads.getThreadAllocatedBytes(id);
    }
    return bytes;
  }

  /** This thread and the backend's lanes; not the machine's own, such as the compiler's. */
  private long[] workers() {
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(info -> info != null)
        .filter(
            info ->
                info.getThreadId() == Thread.currentThread().getId()
                    || info.getThreadName().startsWith("selkie-cpu-"))
        .mapToLong(ThreadInfo::getThreadId)
        .toArray();
  }
}
