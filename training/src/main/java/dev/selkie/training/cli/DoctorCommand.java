package dev.selkie.training.cli;

import dev.selkie.runtime.Finding;
import dev.selkie.training.doctor.Doctor;
import picocli.CommandLine.Command;

@Command(name = "doctor", description = "Look for what is missing here, and say how to mend it.")
final class DoctorCommand extends ReportingCommand {
  @Override
  Outcome execute() {
    Doctor.Report report = Doctor.examine();
    for (Finding finding : report.findings()) {
      print(
          "%-4s %s: %s%s"
              .formatted(
                  finding.ok() ? "ok" : finding.needed() ? "BAD" : "none",
                  finding.what(),
                  finding.found(),
                  finding.ok() ? "" : " (wanted: %s)".formatted(finding.wanted())));
      if (!finding.ok()) {
        print("     fix: " + finding.fix());
      }
    }
    return Outcome.of(report, report.ok());
  }
}
