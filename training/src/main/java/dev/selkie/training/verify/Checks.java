package dev.selkie.training.verify;

import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Which checks run. By default every verb; the networks that the reference carries out in seconds,
 * and those that the CPU does; of the tiniest also whole training, recorded and repeated.
 */
public final class Checks {
  /** Multiply-adds per image up to which many steps of the reference take seconds. */
  private static final long TINY = 3_000_000;

  /** And one step of it, a few times. */
  private static final long SMALL = 50_000_000;

  /** And a step of the CPU; larger ones only when named. */
  private static final long LARGE = 5_000_000_000L;

  private Checks() {}

  /** Verbs, whatever jars bring, and networks by their size, the smallest first. */
  public static List<VerificationCheck> byDefault(List<NetworkFactory> networks) {
    List<VerificationCheck> checks = new ArrayList<>();
    checks.add(new VerbChecks());
    ServiceLoader.load(VerificationCheck.class).forEach(checks::add);
    networks.stream()
        .sorted(Comparator.comparingLong(Checks::work))
        .forEach(network -> checks.addAll(of(network)));
    return checks;
  }

  private static List<VerificationCheck> of(NetworkFactory network) {
    if (work(network) <= TINY) {
      return List.of(
          new NetworkCheck(network),
          new TrainingCheck(network),
          new ReplayCheck(network),
          new RepetitionCheck(network));
    }
    if (work(network) > LARGE) {
      return List.of(new SkippedCheck(network.name(), "very large: runs only when it is named"));
    }
    return List.of(work(network) <= SMALL ? new NetworkCheck(network) : new CpuCheck(network));
  }

  /** All that can be said of one network, however long it takes. */
  public static List<VerificationCheck> named(NetworkFactory network, String device) {
    List<VerificationCheck> checks = new ArrayList<>();
    boolean large = work(network) > SMALL && !device.equals(CpuCheck.CPU);
    checks.add(large ? new CpuCheck(network) : new NetworkCheck(network));
    if (work(network) <= SMALL) {
      checks.add(new TrainingCheck(network));
    }
    checks.add(new ReplayCheck(network));
    checks.add(new RepetitionCheck(network));
    return checks;
  }

  private static long work(NetworkFactory network) {
    return network.summary().multiplyAdds();
  }

  /** Says why something was left out. */
  private record SkippedCheck(String name, String why) implements VerificationCheck {
    @Override
    public List<CheckResult> run(Device device) {
      return List.of(CheckResult.skipped(name, why));
    }
  }
}
