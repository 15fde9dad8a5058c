package dev.selkie.training.verify;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Device;
import dev.selkie.training.verify.CheckResult.Status;
import java.util.ArrayList;
import java.util.List;

/** Runs checks on a device, one after another; a check that throws has failed, the others go on. */
public final class Verifier {
  private Verifier() {}

  /** Told what goes on. */
  public interface Progress {
    /** A check begins, the {@code number}-th of {@code all}. */
    void begins(String check, int number, int all);

    void found(CheckResult result);
  }

  /**
   * What a verification came to; the keys of its JSON.
   *
   * @param hardware as the device names itself
   */
  public record Report(
      String device,
      String hardware,
      String precision,
      int passed,
      int failed,
      int skipped,
      List<CheckResult> checks) {}

  /**
   * Runs them all.
   *
   * @throws BackendException where the device cannot be opened
   */
  public static Report run(Device device, List<VerificationCheck> checks, Progress progress) {
    String hardware = hardware(device);
    List<CheckResult> results = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      VerificationCheck check = checks.get(i);
      progress.begins(check.name(), i + 1, checks.size());
      List<CheckResult> found = guarded(check, device);
      found.forEach(progress::found);
      results.addAll(found);
    }
    return new Report(
        device.name(),
        hardware,
        device.precision().toString(),
        count(results, Status.PASSED),
        count(results, Status.FAILED),
        count(results, Status.SKIPPED),
        List.copyOf(results));
  }

  private static String hardware(Device device) {
    try (Backend backend = device.open()) {
      return backend.hardware();
    }
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
