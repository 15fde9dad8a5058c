package dev.selkie.training.cli;

import dev.selkie.runtime.Device;
import dev.selkie.training.bench.Benchmark;
import dev.selkie.training.bench.BenchmarkPeer;
import dev.selkie.training.bench.BenchmarkPlan;
import dev.selkie.training.bench.BenchmarkReport;
import dev.selkie.training.bench.BenchmarkTask;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "bench",
    description = "Time training steps on synthetic data, in turn with other frameworks.")
final class BenchCommand extends NetworkCommand {
  private static final String QUEUES_ITS_WORK = "cuda";

  /** A day. */
  private static final double LONGEST = 86_400;

  @Option(
      names = "--against",
      split = ",",
      paramLabel = "PEER",
      description = "Frameworks to compare with, such as pytorch.")
  private List<String> against = List.of();

  @Option(
      names = "--plain",
      paramLabel = "NETWORK",
      description =
          "The network without what distinguishes it, such as ResNet50 for SeResNet50: says what that costs here and there.")
  private String plain;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Blocks of steps of each framework, taken in turn.")
  private int rounds = 5;

  @Option(names = "--block-seconds", paramLabel = "S", description = "Least time of a block.")
  private double blockSeconds = 2;

  @Option(
      names = "--steps-at-once",
      paramLabel = "N",
      description =
          "Steps of one measurement, waited for at their end: 10 on cuda, 1 elsewhere, unless given.")
  private Integer stepsAtOnce;

  @Option(
      names = "--losses",
      paramLabel = "N",
      description =
          "First take N steps from the same weights here and in PyTorch, whose Python SELKIE_PYTHON names or a GPU has, and compare their losses.")
  private int losses;

  @Override
  Outcome execute() {
    Device device = device();
    BenchmarkTask task =
        new BenchmarkTask(
            factory(),
            plain == null ? null : factory(plain),
            device,
            batch(),
            eager(),
            peers(device.name()),
            losses);
    int atOnce = stepsAtOnce != null ? stepsAtOnce : device.name().equals(QUEUES_ITS_WORK) ? 10 : 1;
    BenchmarkPlan plan = new BenchmarkPlan(rounds, blockSeconds, atOnce);
    BenchmarkReport report = new Benchmark(plan, this::print).run(task);
    BenchmarkText.lines(report).forEach(this::print);
    return Outcome.of(report, report.losses() == null || report.losses().agree());
  }

  @Override
  void requireSense() {
    super.requireSense();
    require(losses >= 0, "--losses", "a number of steps, such as 20", losses);
    require(rounds >= 1, "--rounds", "at least 1", rounds);
    require(
        blockSeconds >= 0 && blockSeconds <= LONGEST,
        "--block-seconds",
        "from 0 to %.0f".formatted(LONGEST),
        blockSeconds);
    require(stepsAtOnce == null || stepsAtOnce >= 1, "--steps-at-once", "at least 1", stepsAtOnce);
  }

  private List<BenchmarkPeer> peers(String device) {
    List<BenchmarkPeer> all = new ArrayList<>();
    if (!against.isEmpty()) {
      ServiceLoader.load(BenchmarkPeer.class).forEach(all::add);
    }
    List<BenchmarkPeer> here = all.stream().filter(peer -> peer.serves(device)).toList();
    for (String name : against) {
      if (here.stream().noneMatch(peer -> peer.name().equals(name))) {
        throw usage(
            "no framework '%s' to compare with on %s; there are: %s"
                .formatted(
                    name,
                    device,
                    here.stream().map(BenchmarkPeer::name).collect(Collectors.joining(", "))));
      }
    }
    return here.stream().filter(peer -> against.contains(peer.name())).toList();
  }
}
