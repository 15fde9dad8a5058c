package dev.selkie.training.verify;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.conformance.Check;
import dev.selkie.runtime.conformance.Conformance;
import java.util.List;

/** The conformance cases of every verb, on the device. */
final class VerbChecks implements VerificationCheck {
  @Override
  public String name() {
    return "verbs";
  }

  @Override
  public List<CheckResult> run(Device device) {
    try (Backend backend = device.open()) {
      return new Conformance(backend).checkAll().stream().map(VerbChecks::result).toList();
    }
  }

  private static CheckResult result(Check check) {
    return switch (check.status()) {
      case SKIPPED -> CheckResult.skipped(check.name(), check.detail());
      case FAILED ->
          Double.isFinite(check.error())
              ? CheckResult.compared(check.name(), check.error(), check.allowed())
              : CheckResult.failed(check.name(), check.detail());
      case PASSED -> CheckResult.compared(check.name(), check.error(), check.allowed());
    };
  }
}
