package dev.selkie.training.bench;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A peer that takes its time: two variants, one twice as fast. Found by the service loader. */
public final class SleepingPeer implements BenchmarkPeer {
  @Override
  public String name() {
    return "sleeper";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public List<PeerRun> open(String network, int batch, int threads) {
    return List.of(new Run("slow", 4_000_000), new Run("quick", 2_000_000));
  }

  private record Run(String variant, long nanos) implements PeerRun {
    @Override
    public void step() {
      long end = System.nanoTime() + nanos;
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
    }

    @Override
    public void close() {}
  }
}
