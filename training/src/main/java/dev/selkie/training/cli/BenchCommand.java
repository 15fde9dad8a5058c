package dev.selkie.training.cli;

import dev.selkie.runtime.NetworkFactory;
import dev.selkie.training.bench.Benchmark;
import dev.selkie.training.bench.BenchmarkPeer;
import dev.selkie.training.bench.BenchmarkPlan;
import dev.selkie.training.bench.BenchmarkReport;
import dev.selkie.training.report.SummaryTable;
import dev.selkie.training.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "bench",
    description = "Time training steps on synthetic data, beside other frameworks in one process.")
final class BenchCommand extends NetworkCommand {
  @Option(
      names = "--against",
      split = ",",
      paramLabel = "PEER",
      description = "Frameworks to compare with, such as pytorch.")
  private List<String> against = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Blocks of steps of each framework, taken in turn.")
  private int rounds = 5;

  @Option(names = "--block-seconds", paramLabel = "S", description = "Least time of a block.")
  private double blockSeconds = 2;

  @Override
  Outcome execute() {
    NetworkFactory factory = factory();
    List<BenchmarkPeer> peers = peers();
    Benchmark benchmark = new Benchmark(new BenchmarkPlan(rounds, blockSeconds), this::print);
    BenchmarkReport report = benchmark.run(factory, device(), batch(), peers);
    print(report);
    return Outcome.of(report);
  }

  private List<BenchmarkPeer> peers() {
    List<BenchmarkPeer> all = new ArrayList<>();
    if (!against.isEmpty()) {
      ServiceLoader.load(BenchmarkPeer.class).forEach(all::add);
    }
    for (String name : against) {
      if (all.stream().noneMatch(peer -> peer.name().equals(name))) {
        throw usage(
            "no framework '%s' to compare with; there are: %s"
                .formatted(
                    name, String.join(", ", all.stream().map(BenchmarkPeer::name).toList())));
      }
    }
    return all.stream().filter(peer -> against.contains(peer.name())).toList();
  }

  private void print(BenchmarkReport report) {
    Table table = new Table("framework", "images/s", "p50 ms", "p95 ms", "steps");
    table.row(row("selkie", report.imagesPerSecond(), report.stepMillis(), report.steps()));
    for (BenchmarkReport.PeerReport peer : report.peers()) {
      String name = "%s %s, %s".formatted(peer.name(), peer.version(), peer.variant());
      table.row(row(name, peer.imagesPerSecond(), peer.stepMillis(), peer.steps()));
    }
    print(
        "%s on %s, %s, batch %d, %d threads, %s"
            .formatted(
                Networks.simple(report.network()),
                report.device(),
                report.precision(),
                report.batch(),
                report.threads(),
                SummaryTable.megabytes(report.peakBytes())));
    table.lines().forEach(this::print);
    if (report.ratio() != null) {
      print("%.2f times the fastest peer".formatted(report.ratio()));
    }
    print("share of the floor: %s".formatted(report.floorNote()));
  }

  private static String[] row(
      String name, double imagesPerSecond, BenchmarkReport.StepMillis step, int steps) {
    return new String[] {
      name,
      "%.1f".formatted(imagesPerSecond),
      "%.2f".formatted(step.p50()),
      "%.2f".formatted(step.p95()),
      "" + steps
    };
  }
}
