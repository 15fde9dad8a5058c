package dev.selkie.training.cli;

import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.training.verify.CheckResult;
import dev.selkie.training.verify.Checks;
import dev.selkie.training.verify.VerificationCheck;
import dev.selkie.training.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "verify", description = "Compare a device with the reference, number by number.")
final class VerifyCommand extends ReportingCommand {
  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "What to verify; the fastest that can be used, unless given.")
  private String device;

  @Mixin private final PrecisionOption precision = new PrecisionOption();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "Only this network; unless given, all verbs and all but the largest networks.")
  private List<String> names = List.of();

  @Override
  Outcome execute() {
    Device where = announced(precision.device(device));
    Verifier.Report report = Verifier.run(where, checks(where), new Lines());
    print(
        "%s (%s) in %s: %d passed, %d failed, %d skipped"
            .formatted(
                report.device(),
                report.hardware(),
                report.precision(),
                report.passed(),
                report.failed(),
                report.skipped()));
    return Outcome.of(report, report.failed() == 0);
  }

  private List<VerificationCheck> checks(Device where) {
    List<NetworkFactory> all = NetworkFactory.all();
    if (names.isEmpty()) {
      return Checks.byDefault(all);
    }
    List<VerificationCheck> checks = new ArrayList<>();
    for (String name : names) {
      try {
        checks.addAll(Checks.named(Networks.find(name, all), where.name()));
      } catch (Networks.UnknownNetwork e) {
        throw usage(e.getMessage());
      }
    }
    return checks;
  }

  /** A line when a check begins, and one for each thing compared. */
  private final class Lines implements Verifier.Progress {
    @Override
    public void begins(String check, int number, int all) {
      print("[%d/%d] %s".formatted(number, all, check));
    }

    @Override
    public void found(CheckResult result) {
      StringBuilder line = new StringBuilder();
      line.append("%-7s %s:".formatted(result.status(), result.name()));
      if (result.error() != null) {
        line.append(" error %.3g, allowed %.3g".formatted(result.error(), result.allowed()));
      }
      print(
          result.note().isEmpty()
              ? line.toString()
              : line.append(' ').append(result.note()).toString());
    }
  }
}
