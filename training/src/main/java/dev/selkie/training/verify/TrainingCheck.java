package dev.selkie.training.verify;

import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import java.util.List;

/**
 * Ten steps of SGD with momentum on the device, on the reference in double precision, and on the
 * plain float32 loop in the device's precision. What the plain loop has drifted from the reference
 * by then, the device may have drifted twice, by the rule of {@link Errors}: in its losses, its
 * weights, what they changed, and its running statistics.
 */
public final class TrainingCheck implements VerificationCheck {
  private static final int STEPS = 10;
  private static final int DRAWS = 7;

  private final NetworkFactory factory;

  public TrainingCheck(NetworkFactory factory) {
    this.factory = factory;
  }

  @Override
  public String name() {
    return factory.name() + " after ten steps";
  }

  @Override
  public List<CheckResult> run(Device device) {
    return Errors.results(
        name(),
        DRAWS,
        (errors, seed) ->
            errors.add(
                train(Oracle.exact(device), seed),
                train(Oracle.plain(device), seed),
                train(device, seed)));
  }

  private List<Quantity> train(Device device, long seed) {
    try (TrainingRun run = new TrainingRun(factory, device, seed)) {
      run.eager(STEPS);
      return run.quantities();
    }
  }
}
