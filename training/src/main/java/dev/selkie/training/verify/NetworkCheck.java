package dev.selkie.training.verify;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * One training step and one inference of a generated network, the same weights and images on the
 * device, on the reference in double precision, and on its float32 twin. The device's error may be
 * twice the twin's plus a few units in the last place.
 */
public final class NetworkCheck implements VerificationCheck {
  private static final int BATCH = 2;

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
    List<Quantity> exact = quantities(Device.named("reference"));
    List<Quantity> rounded = quantities(Device.named(Float32Provider.DEVICE));
    List<Quantity> found = quantities(device);
    List<CheckResult> results = new ArrayList<>();
    for (int i = 0; i < exact.size(); i++) {
      Quantity oracle = exact.get(i);
      double allowed = 2 * oracle.error(rounded.get(i)) + oracle.ulps();
      results.add(
          CheckResult.compared(name() + " " + oracle.name(), oracle.error(found.get(i)), allowed));
    }
    return results;
  }

  private List<Quantity> quantities(Device device) {
    try (StepProbe probe = new StepProbe(factory.create(device, Batch.batch(BATCH)))) {
      return probe.quantities();
    }
  }
}
