package dev.selkie.training.bench;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

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
      log.accept("round %d of %d: %s".formatted(round, plan.rounds(), soFar(contestants)));
    }
  }

  /** Medians so far: what is known should the benchmark be ended before its report. */
  private static String soFar(List<Contestant> contestants) {
    return contestants.stream()
        .filter(Contestant::running)
        .map(c -> "%s %.2f ms".formatted(c, c.times().percentileMillis(0.5)))
        .collect(Collectors.joining(", "));
  }
}
