package dev.selkie.training.verify;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.training.verify.CheckResult.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Runs checks on a device, one after another; a check that throws has failed, the others go on. */
public final class Verifier {
  /** Networks with more multiply-adds per image take the reference minutes: only when named. */
  private static final long SMALL = 100_000_000;

  private Verifier() {}

  /** What a verification came to; the keys of its JSON. */
  public record Report(
      String device, int passed, int failed, int skipped, List<CheckResult> checks) {}

  /** Runs the checks and tells each result as it comes. */
  public static Report run(
      Device device, List<VerificationCheck> checks, Consumer<CheckResult> listener) {
    List<CheckResult> results = new ArrayList<>();
    for (VerificationCheck check : checks) {
      List<CheckResult> found = guarded(check, device);
      found.forEach(listener);
      results.addAll(found);
    }
    return new Report(
        device.name(),
        count(results, Status.PASSED),
        count(results, Status.FAILED),
        count(results, Status.SKIPPED),
        List.copyOf(results));
  }

  /** Checks of the named network, or all checks on the class path where none is named. */
  public static List<VerificationCheck> checks(List<NetworkFactory> networks, boolean named) {
    List<VerificationCheck> checks = new ArrayList<>();
    if (!named) {
      checks.add(new VerbChecks());
      ServiceLoader.load(VerificationCheck.class).forEach(checks::add);
    }
    for (NetworkFactory network : networks) {
      long work = network.summary().multiplyAdds();
      checks.add(named || work <= SMALL ? new NetworkCheck(network) : tooLarge(network.name()));
    }
    return checks;
  }

  private static VerificationCheck tooLarge(String name) {
    return new VerificationCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<CheckResult> run(Device device) {
        return List.of(CheckResult.skipped(name, "large: name it to run it on the slow reference"));
      }
    };
  }

  private static List<CheckResult> guarded(VerificationCheck check, Device device) {
    try {
      return check.run(device);
    } catch (BackendException | IllegalStateException e) {
      return List.of(CheckResult.failed(check.name(), String.valueOf(e.getMessage())));
    }
  }

  private static int count(List<CheckResult> results, Status status) {
    return (int) results.stream().filter(result -> result.status() == status).count();
  }
}
