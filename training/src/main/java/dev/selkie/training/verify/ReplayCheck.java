package dev.selkie.training.verify;

import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.Replay;
import java.util.List;
import java.util.Optional;

/**
 * Where a backend records a step and launches it again: several steps so, and the same steps verb
 * by verb, give the same losses, weights and statistics in every bit.
 */
public final class ReplayCheck implements VerificationCheck {
  private static final int STEPS = 6;

  private final NetworkFactory factory;

  public ReplayCheck(NetworkFactory factory) {
    this.factory = factory;
  }

  @Override
  public String name() {
    return factory.name() + " recorded";
  }

  @Override
  public List<CheckResult> run(Device device) {
    List<Quantity> eager;
    try (TrainingRun run = new TrainingRun(factory, device, 1)) {
      run.eager(STEPS);
      eager = run.quantities();
    }
    try (TrainingRun run = new TrainingRun(factory, device, 1)) {
      run.eager(1);
      Optional<Replay> recorded = run.record();
      if (recorded.isEmpty()) {
        return List.of(CheckResult.skipped(name(), "this device has no way to record a step"));
      }
      try (Replay replay = recorded.get()) {
        run.replayed(replay, STEPS - 1);
      }
      return Bits.compare(name(), eager, run.quantities(), "");
    }
  }
}
