package dev.selkie.training.bench;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A peer that takes its time: two variants, one twice as fast, and three that cannot keep up. Found
 * by the service loader.
 */
public final class SleepingPeer implements BenchmarkPeer {
  @Override
  public String name() {
    return "sleeper";
  }

  @Override
  public boolean serves(String device) {
    return device.startsWith("reference");
  }

  @Override
  public List<PeerVariant> variants(PeerTask task) {
    return List.of(
        new PeerVariant("slow", () -> new Run(4_000_000, Integer.MAX_VALUE)),
        new PeerVariant("quick", () -> new Run(2_000_000, Integer.MAX_VALUE)),
        new PeerVariant("absent", SleepingPeer::absent),
        new PeerVariant("weary", () -> new Run(1_000_000, 3)),
        new PeerVariant("broken", SleepingPeer::broken));
  }

  private static PeerRun absent() {
    throw new PeerException("it has no bed");
  }

  /** As a library's own exception. */
  private static PeerRun broken() {
    throw new IllegalStateException("no springs");
  }

  private static final class Run implements PeerRun {
    private final long nanos;
    private int left;

    Run(long nanos, int left) {
      this.nanos = nanos;
      this.left = left;
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public PeerMemory memory() {
      return new PeerMemory(1000, 2000L);
    }

    @Override
    public long steps(int count) {
      long start = System.nanoTime();
      long end = start + count * nanos;
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
      left -= count;
      if (left < 0) {
        throw new PeerException("it fell asleep");
      }
      return System.nanoTime() - start;
    }

    @Override
    public void close() {}
  }
}
