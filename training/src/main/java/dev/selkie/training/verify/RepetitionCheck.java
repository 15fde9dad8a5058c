package dev.selkie.training.verify;

import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Two runs of several steps with one seed agree in every bit. Where they do not, each verb of such
 * steps is called twice on the same memory, and those that differ are named.
 */
public final class RepetitionCheck implements VerificationCheck {
  private static final int STEPS = 4;

  private final NetworkFactory factory;

  public RepetitionCheck(NetworkFactory factory) {
    this.factory = factory;
  }

  @Override
  public String name() {
    return factory.name() + " repeated";
  }

  @Override
  public List<CheckResult> run(Device device) {
    List<Quantity> first = train(device);
    List<Quantity> second = train(device);
    String note = Bits.agree(first, second) ? "" : culprits(device);
    return Bits.compare(name(), first, second, note);
  }

  private String culprits(Device device) {
    Set<String> verbs = new TreeSet<>();
    train(InterceptedBackend.over(device, ops -> TwiceOps.over(ops, verbs)));
    return verbs.isEmpty()
        ? "no verb differs when it is called twice in turn"
        : "these verbs differ when they are called twice: " + String.join(", ", verbs);
  }

  private List<Quantity> train(Device device) {
    try (TrainingRun run = new TrainingRun(factory, device, 1)) {
      run.eager(STEPS);
      return run.quantities();
    }
  }
}
