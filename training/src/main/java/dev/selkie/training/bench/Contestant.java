package dev.selkie.training.bench;

import dev.selkie.training.bench.BenchmarkReport.Failure;
import java.util.Optional;

/** One network of one framework in one variant, what it took, and whether it fell by the way. */
final class Contestant implements AutoCloseable {
  private final String name;
  private final String variant;
  private final String network;
  private final boolean own;
  private final StepTimes times = new StepTimes();
  private PeerRun run;
  private boolean warm;
  private Failure failure;

  private Contestant(String name, String variant, String network, boolean own) {
    this.name = name;
    this.variant = variant;
    this.network = network;
    this.own = own;
  }

  /** Selkie's network, which is open already; there is no benchmark without it. */
  static Contestant selkie(String network, PeerRun run) {
    Contestant contestant = new Contestant("selkie", "", network, true);
    contestant.run = run;
    return contestant;
  }

  /** A variant made ready; one that cannot be is a failure already. */
  static Contestant open(String name, PeerVariant variant, String network) {
    Contestant contestant = new Contestant(name, variant.name(), network, false);
    contestant.attempt(() -> contestant.run = variant.open());
    return contestant;
  }

  boolean running() {
    return failure == null;
  }

  Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }

  /** Blocks before those that count, unless it has been through them. */
  void warmUp(BenchmarkPlan plan, int blocks) {
    for (int i = 0; i < (warm ? 1 : blocks); i++) {
      block(plan, new StepTimes());
    }
    warm = true;
  }

  void block(BenchmarkPlan plan) {
    block(plan, times);
  }

  /** The first measurement of a block finds caches and thread pools as another run left them. */
  private void block(BenchmarkPlan plan, StepTimes into) {
    attempt(
        () -> {
          run.steps(plan.stepsAtOnce());
          long start = System.nanoTime();
          do {
            into.add(run.steps(plan.stepsAtOnce()), plan.stepsAtOnce());
          } while (System.nanoTime() - start < plan.secondsPerBlock() * 1e9);
          run.rest();
        });
  }

  private void attempt(Runnable work) {
    if (!running()) {
      return;
    }
    try {
      work.run();
    } catch (RuntimeException e) {
      if (own) {
        throw e;
      }
      // Also what a peer's library throws: it must not cost the others their figures.
      String reason = e instanceof PeerException ? e.getMessage() : e.toString();
      failure = new Failure(name, variant, network, reason);
      close();
    }
  }

  String name() {
    return name;
  }

  String variant() {
    return variant;
  }

  /** Such as {@code pytorch eager SeResNet50}. */
  @Override
  public String toString() {
    return String.join(" ", name, variant, network.substring(network.lastIndexOf('.') + 1))
        .replace("  ", " ");
  }

  String network() {
    return network;
  }

  PeerRun run() {
    return run;
  }

  PeerMemory memory() {
    return run.memory();
  }

  StepTimes times() {
    return times;
  }

  @Override
  public void close() {
    if (run != null) {
      run.close();
      run = null;
    }
  }
}
