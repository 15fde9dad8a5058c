package dev.selkie.training.cli;

import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.training.verify.CheckResult;
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
      description = "Only this network; unless given, all checks and all small networks.")
  private List<String> names = List.of();

  @Override
  Outcome execute() {
    Device where = announced(precision.device(device));
    Verifier.Report report =
        Verifier.run(where, Verifier.checks(networks(), !names.isEmpty()), this::print);
    print(
        "%s: %d passed, %d failed, %d skipped"
            .formatted(report.device(), report.passed(), report.failed(), report.skipped()));
    return new Outcome(report, report.failed() == 0);
  }

  private List<NetworkFactory> networks() {
    List<NetworkFactory> all = NetworkFactory.all();
    if (names.isEmpty()) {
      return all;
    }
    List<NetworkFactory> found = new ArrayList<>();
    for (String name : names) {
      try {
        found.add(Networks.find(name, all));
      } catch (Networks.UnknownNetwork e) {
        throw usage(e.getMessage());
      }
    }
    return found;
  }

  private void print(CheckResult result) {
    String figures =
        result.error() == null
            ? result.note()
            : "error %.3g, allowed %.3g".formatted(result.error(), result.allowed());
    print("%-7s %s: %s".formatted(result.status(), result.name(), figures));
  }
}
