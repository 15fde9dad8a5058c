package dev.selkie.training.verify;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.conformance.LossScale;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One training step and one inference of a network too large for the reference, the same weights
 * and images on the device and on the CPU in float32. The device may err twice as much, from the
 * CPU, as the CPU does that is made to err: in 16 bits by {@link RoundedOps}, beside which its own
 * error is nothing; in float32 and TF32 by {@link NoisyOps}, with the noise of a plain loop, of
 * which its own error is a part.
 */
public final class CpuCheck implements VerificationCheck {
  private static final int BATCH = 4;
  private static final int DRAWS = 3;
  static final String CPU = "cpu";

  private final NetworkFactory factory;

  public CpuCheck(NetworkFactory factory) {
    this.factory = factory;
  }

  @Override
  public String name() {
    return factory.name();
  }

  @Override
  public List<CheckResult> run(Device device) {
    if (device.name().equals(CPU)) {
      return List.of(
          CheckResult.skipped(name(), "large: name it to compare it with the slow reference"));
    }
    Device cpu;
    try {
      cpu = Device.named(CPU);
    } catch (BackendException e) {
      return List.of(CheckResult.skipped(name(), e.getMessage()));
    }
    Precision precision = device.precision();
    Device yardstick = InterceptedBackend.over(cpu, yardstick(device));
    return Errors.results(
        name(),
        DRAWS,
        (errors, seed) ->
            errors.add(
                quantities(cpu, precision, seed),
                quantities(yardstick, precision, seed),
                quantities(device, precision, seed)));
  }

  /** What makes the CPU err as the device may. */
  private static UnaryOperator<Ops> yardstick(Device device) {
    Precision precision = device.precision();
    if (precision.activations() == Element.FLOAT32) {
      return ops -> NoisyOps.over(ops, precision);
    }
    try (Backend backend = device.open()) {
      LossScale.lower(backend);
      float scale = backend.lossScale();
      return ops -> RoundedOps.over(ops, precision.activations(), scale);
    }
  }

  private List<Quantity> quantities(Device where, Precision precision, long seed) {
    try (StepProbe probe =
        new StepProbe(factory.create(where, Batch.batch(BATCH)), precision.activations(), seed)) {
      return probe.quantities();
    }
  }
}
