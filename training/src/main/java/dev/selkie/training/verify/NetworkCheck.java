package dev.selkie.training.verify;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.NetworkFactory;
import java.util.List;

/**
 * One training step and one inference of a generated network, the same weights and images on the
 * device, on the reference in double precision, and on the plain float32 loop in the device's
 * precision. The device may err twice as much as the plain loop does: see {@link Errors}.
 *
 * <p>In float16 the plain loop does not scale its loss, so it loses a little more of the smallest
 * gradients than a device that does.
 */
public final class NetworkCheck implements VerificationCheck {
  private static final int BATCH = 4;
  private static final int FEWEST_DRAWS = 3;
  private static final int MOST_DRAWS = 15;

  /** Multiply-adds of one image over all draws: some seconds of the reference. */
  private static final long BUDGET = 10_000_000;

  private final NetworkFactory factory;

  public NetworkCheck(NetworkFactory factory) {
    this.factory = factory;
  }

  @Override
  public String name() {
    return factory.name();
  }

  @Override
  public List<CheckResult> run(Device device) {
    long draws = BUDGET / Math.max(1, factory.summary().multiplyAdds());
    return Errors.results(
        name(),
        Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, draws)),
        (errors, seed) ->
            errors.add(
                quantities(Oracle.exact(device), seed),
                quantities(Oracle.plain(device), seed),
                quantities(device, seed)));
  }

  private List<Quantity> quantities(Device device, long seed) {
    try (StepProbe probe =
        new StepProbe(factory.create(device, Batch.batch(BATCH)), Element.FLOAT32, seed)) {
      return probe.quantities();
    }
  }
}
