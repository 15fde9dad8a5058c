package dev.selkie.training.bench;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Ceilings;
import dev.selkie.training.bench.BenchmarkReport.Failure;
import dev.selkie.training.bench.BenchmarkReport.FloorReport;
import dev.selkie.training.bench.BenchmarkReport.LossReport;
import dev.selkie.training.bench.BenchmarkReport.PeerReport;
import dev.selkie.training.bench.BenchmarkReport.PlainReport;
import dev.selkie.training.bench.BenchmarkReport.StepMillis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Times training steps, Selkie and others in turn. There is a {@link Heat} with Selkie's plain
 * network, where one is asked for, and one with each variant of each peer, so that a device holds
 * no more networks than are compared; Selkie's network takes part in all of them.
 */
public final class Benchmark {
  private final BenchmarkPlan plan;
  private final Consumer<String> log;
  private final Heat heat;

  public Benchmark(BenchmarkPlan plan, Consumer<String> log) {
    this.plan = plan;
    this.log = log;
    this.heat = new Heat(plan, log);
  }

  /** Measures the task's network against all that the task names. */
  public BenchmarkReport run(BenchmarkTask task) {
    int threads = Runtime.getRuntime().availableProcessors();
    Results results = new Results();
    // Before anything else is on the device: float32 at the race's batch needs much of it.
    compareLosses(task, threads, results);
    SelkieRun run = new SelkieRun(task.network(), task.device(), task.batch(), task.eager());
    try (Contestant selkie = Contestant.selkie(task.network().name(), run)) {
      // Before others fill the memory.
      Optional<Ceilings> ceilings = run.backend().ceilings();
      if (task.plain() != null) {
        againstPlain(task, selkie, results);
      }
      for (BenchmarkPeer peer : task.peers()) {
        List<PeerVariant> variants = peer.variants(run.task(threads));
        if (variants.isEmpty()) {
          log.accept(
              "%s has no %s in %s"
                  .formatted(peer.name(), task.network().name(), task.device().precision()));
        }
        for (PeerVariant variant : variants) {
          against(task, selkie, run.task(threads), peer, variant, results);
        }
      }
      if (selkie.times().steps() == 0) {
        heat.run(List.of(selkie));
      }
      return report(task, threads, selkie, ceilings, results);
    }
  }

  /** What the heats came to. */
  private static final class Results {
    private PlainReport plain;
    private Double overhead;
    private LossReport losses;
    private final List<PeerReport> peers = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
  }

  private void compareLosses(BenchmarkTask task, int threads, Results results) {
    if (task.lossSteps() == 0) {
      return;
    }
    Optional<BenchmarkPeer> able =
        task.peers().stream().filter(BenchmarkPeer::takesWeights).findFirst();
    String name = able.map(BenchmarkPeer::name).orElse("no peer");
    log.accept("losses of %d steps, here and in %s".formatted(task.lossSteps(), name));
    try {
      BenchmarkPeer peer =
          able.orElseThrow(
              () ->
                  new PeerException(
                      "takes weights of Selkie's; name a Python that has PyTorch in SELKIE_PYTHON"));
      results.losses = new LossComparison(task, threads).with(peer);
    } catch (PeerException e) {
      results.failures.add(new Failure(name, "losses", task.network().name(), e.getMessage()));
      log.accept("left out: losses of %s: %s".formatted(name, e.getMessage()));
    }
  }

  private void againstPlain(BenchmarkTask task, Contestant selkie, Results results) {
    PeerVariant variant = new PeerVariant("", () -> plainRun(task));
    try (Contestant plain = Contestant.open(selkie.name(), variant, task.plain().name())) {
      if (plain.running()) {
        heat.run(List.of(selkie, plain));
        if (plain.running()) {
          results.plain = PlainReport.of(plain, task.batch());
          results.overhead = StepMillis.of(selkie.times()).percentOver(results.plain.stepMillis());
        }
      }
      note(plain, results);
    }
  }

  private static PeerRun plainRun(BenchmarkTask task) {
    try {
      return new SelkieRun(task.plain(), task.device(), task.batch(), task.eager());
    } catch (BackendException e) {
      throw new PeerException(e.getMessage(), e);
    }
  }

  private void against(
      BenchmarkTask task,
      Contestant selkie,
      PeerTask own,
      BenchmarkPeer peer,
      PeerVariant variant,
      Results results) {
    log.accept("preparing %s %s".formatted(peer.name(), variant.name()));
    try (Contestant contestant = Contestant.open(peer.name(), variant, own.network());
        Contestant plain = plain(task, own, peer, contestant)) {
      if (contestant.running()) {
        List<Contestant> all = new ArrayList<>(List.of(selkie, contestant));
        if (plain != null) {
          all.add(plain);
        }
        heat.run(all);
      }
      if (contestant.running()) {
        boolean compared = plain != null && plain.running();
        results.peers.add(PeerReport.of(contestant, compared ? plain : null, task.batch()));
      }
      note(contestant, results);
      if (plain != null) {
        note(plain, results);
      }
    }
  }

  /** The peer's plain network in the same variant; null where there is none to compare with. */
  private static Contestant plain(
      BenchmarkTask task, PeerTask own, BenchmarkPeer peer, Contestant contestant) {
    if (task.plain() == null || !contestant.running()) {
      return null;
    }
    PeerTask other = own.on(task.plain());
    return peer.variants(other).stream()
        .filter(variant -> variant.name().equals(contestant.variant()))
        .findFirst()
        .map(variant -> Contestant.open(peer.name(), variant, other.network()))
        .orElse(null);
  }

  private void note(Contestant contestant, Results results) {
    contestant
        .failure()
        .ifPresent(
            failure -> {
              results.failures.add(failure);
              log.accept("left out: %s: %s".formatted(contestant, failure.reason()));
            });
  }

  private BenchmarkReport report(
      BenchmarkTask task,
      int threads,
      Contestant selkie,
      Optional<Ceilings> ceilings,
      Results results) {
    StepMillis millis = StepMillis.of(selkie.times());
    double speed = millis.imagesPerSecond(task.batch());
    Double ratio =
        results.peers.stream()
            .map(PeerReport::imagesPerSecond)
            .max(Comparator.naturalOrder())
            .map(best -> speed / best)
            .orElse(null);
    FloorReport floor =
        ceilings
            .map(c -> Floor.of(task.network(), task.batch(), task.device().precision(), c))
            .orElse(null);
    return new BenchmarkReport(
        task.network().name(),
        task.device().name(),
        selkie.run().hardware(),
        task.device().precision().toString(),
        task.batch(),
        threads,
        selkie.times().steps(),
        plan.stepsAtOnce(),
        speed,
        millis,
        selkie.memory().peakBytes(),
        results.plain,
        results.overhead,
        List.copyOf(results.peers),
        ratio,
        results.losses,
        List.copyOf(results.failures),
        floor,
        floor == null ? null : speed / floor.imagesPerSecond(),
        floor == null ? "no ceilings are known of device " + task.device().name() : null);
  }
}
