package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a step leaves on the Java heap. HotSpot itself puts a few bytes on a thread now and then
 * while it still compiles, so a stretch of steps is asked for in which there is nothing.
 */
final class Garbage {
  private static final int STEPS = 10;
  private static final int STRETCHES = 60;

  private Garbage() {}

  static void requireNone(Runnable step) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    step.run();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < STRETCHES && least > 0; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int k = 0; k < STEPS; k++) {
        step.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertEquals(0, least, "bytes in the quietest " + STEPS + " steps");
  }
}
