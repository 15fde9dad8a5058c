package dev.selkie.training.bench;

import java.util.List;
import java.util.function.Consumer;

/**
 * Some contestants on the device at once: each warms up, then blocks of steps alternate, so that
 * whatever else the machine does meets all alike. Who fails drops out, and the others go on.
 */
final class Heat {
  /** Compilers and allocators need some tens of steps until they leave things as they are. */
  private static final int WARM_UP_BLOCKS = 4;

  private final BenchmarkPlan plan;
  private final Consumer<String> log;

  Heat(BenchmarkPlan plan, Consumer<String> log) {
    this.plan = plan;
    this.log = log;
  }

  void run(List<Contestant> contestants) {
    contestants.forEach(contestant -> contestant.warmUp(plan, WARM_UP_BLOCKS));
    for (int round = 1; round <= plan.rounds(); round++) {
      contestants.forEach(contestant -> contestant.block(plan));
      log.accept("round %d of %d: %s".formatted(round, plan.rounds(), names(contestants)));
    }
  }

  private static String names(List<Contestant> contestants) {
    return String.join(
        ", ", contestants.stream().filter(Contestant::running).map(Contestant::toString).toList());
  }
}
