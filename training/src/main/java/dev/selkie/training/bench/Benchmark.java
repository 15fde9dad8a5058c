package dev.selkie.training.bench;

import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.training.bench.BenchmarkReport.PeerReport;
import dev.selkie.training.bench.BenchmarkReport.StepMillis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Times training steps, Selkie and its peers in turn within one process: first every run warms up,
 * then blocks of steps alternate, so that whatever else the machine does meets all alike.
 */
public final class Benchmark {
  /** Compilers and allocators need some tens of steps until they leave things as they are. */
  private static final int WARM_UP_BLOCKS = 4;

  private final BenchmarkPlan plan;
  private final Consumer<String> log;

  public Benchmark(BenchmarkPlan plan, Consumer<String> log) {
    this.plan = plan;
    this.log = log;
  }

  /** A run and what it took. */
  private record Contestant(String name, String version, PeerRun run, StepTimes times) {}

  /** Measures a network on a device, and each variant of each peer that has the network. */
  public BenchmarkReport run(
      NetworkFactory factory, Device device, int batch, List<BenchmarkPeer> peers) {
    int threads = Runtime.getRuntime().availableProcessors();
    List<Contestant> contestants = new ArrayList<>();
    try {
      contestants.add(contestant("selkie", "", new SelkieRun(factory, device, batch)));
      for (BenchmarkPeer peer : peers) {
        List<PeerRun> runs = peer.open(factory.name(), batch, threads);
        if (runs.isEmpty()) {
          log.accept("%s has no %s".formatted(peer.name(), factory.name()));
        }
        runs.forEach(run -> contestants.add(contestant(peer.name(), peer.version(), run)));
      }
      measure(contestants);
      return report(factory, device, batch, threads, contestants);
    } finally {
      contestants.forEach(contestant -> contestant.run().close());
    }
  }

  private static Contestant contestant(String name, String version, PeerRun run) {
    return new Contestant(name, version, run, new StepTimes());
  }

  private void measure(List<Contestant> contestants) {
    for (int i = 0; i < WARM_UP_BLOCKS; i++) {
      for (Contestant contestant : contestants) {
        block(contestant.run(), new StepTimes());
      }
    }
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Contestant contestant : contestants) {
        block(contestant.run(), contestant.times());
      }
      log.accept("round %d of %d".formatted(round, plan.rounds()));
    }
  }

  /** The first step of a block finds caches and thread pools as another run left them. */
  private void block(PeerRun run, StepTimes times) {
    run.step();
    long start = System.nanoTime();
    long before = start;
    do {
      run.step();
      long after = System.nanoTime();
      times.add(after - before);
      before = System.nanoTime();
    } while (before - start < plan.secondsPerBlock() * 1e9);
  }

  private static BenchmarkReport report(
      NetworkFactory factory, Device device, int batch, int threads, List<Contestant> contestants) {
    StepTimes own = contestants.get(0).times();
    double speed = imagesPerSecond(batch, own);
    List<PeerReport> peers =
        contestants.stream().skip(1).map(contestant -> peer(contestant, batch)).toList();
    Double ratio =
        peers.stream()
            .map(PeerReport::imagesPerSecond)
            .max(Comparator.naturalOrder())
            .map(best -> speed / best)
            .orElse(null);
    return new BenchmarkReport(
        factory.name(),
        device.name(),
        "float32",
        batch,
        threads,
        own.count(),
        speed,
        millis(own),
        factory.summary().bytes(batch),
        peers,
        ratio,
        null,
        "no floor is defined for device " + device.name());
  }

  private static PeerReport peer(Contestant contestant, int batch) {
    StepTimes times = contestant.times();
    return new PeerReport(
        contestant.name(),
        contestant.run().variant(),
        contestant.version(),
        times.count(),
        imagesPerSecond(batch, times),
        millis(times));
  }

  private static double imagesPerSecond(int batch, StepTimes times) {
    return batch * 1e3 / times.percentileMillis(0.5);
  }

  private static StepMillis millis(StepTimes times) {
    return new StepMillis(times.percentileMillis(0.5), times.percentileMillis(0.95));
  }
}
