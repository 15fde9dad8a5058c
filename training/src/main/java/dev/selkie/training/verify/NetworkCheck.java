package dev.selkie.training.verify;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One training step and one inference of a generated network, the same weights and images on the
 * device, on the reference in double precision, and on its float32 twin. The device's error may be
 * twice the twin's plus a few units in the last place.
 */
public final class NetworkCheck implements VerificationCheck {
  private static final int BATCH = 2;

  /** One draw can be lucky: errors are the worst of several. */
  private static final int DRAWS = 3;

  private static final double FLOOR = 4 * (double) Math.ulp(1f);

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
    Map<String, Double> errors = new LinkedHashMap<>();
    Map<String, Double> plainErrors = new LinkedHashMap<>();
    for (long seed = 1; seed <= DRAWS; seed++) {
      List<Quantity> exact = quantities(Device.named("reference"), seed);
      add(plainErrors, exact, quantities(Device.named(Float32Provider.DEVICE), seed));
      add(errors, exact, quantities(device, seed));
    }
    return errors.keySet().stream()
        .map(
            quantity ->
                CheckResult.compared(
                    name() + " " + quantity,
                    errors.get(quantity),
                    2 * plainErrors.get(quantity) + FLOOR))
        .toList();
  }

  private static void add(Map<String, Double> errors, List<Quantity> exact, List<Quantity> found) {
    for (int i = 0; i < exact.size(); i++) {
      errors.merge(exact.get(i).name(), exact.get(i).error(found.get(i)), Math::max);
    }
  }

  private List<Quantity> quantities(Device device, long seed) {
    try (StepProbe probe = new StepProbe(factory.create(device, Batch.batch(BATCH)), seed)) {
      return probe.quantities();
    }
  }
}
