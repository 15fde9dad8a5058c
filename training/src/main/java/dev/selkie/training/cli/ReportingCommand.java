package dev.selkie.training.cli;

import dev.selkie.runtime.Device;
import dev.selkie.training.report.JsonFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands share: lines for people, a report for programs. */
@CommandLine.Command(mixinStandardHelpOptions = true, showDefaultValues = true)
abstract class ReportingCommand implements Callable<Integer> {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write everything that is printed there, machine-readable.")
  private Path json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print errors only.")
  private boolean quiet;

  @Spec private CommandSpec spec;

  /** What a command came to: its JSON, and whether it counts as a success. */
  record Outcome(Object report, boolean success) {
    static Outcome of(Object report) {
      return new Outcome(report, true);
    }
  }

  abstract Outcome execute();

  @Override
  public final Integer call() {
    Outcome outcome = execute();
    if (json != null) {
      JsonFile.write(json, outcome.report());
    }
    return outcome.success() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  final void print(String line) {
    if (!quiet) {
      spec.commandLine().getOut().println(line);
      spec.commandLine().getOut().flush();
    }
  }

  /** The same device, with a word on faster ones that are here and cannot be used. */
  final Device announced(Device device) {
    for (String why : device.passedOver()) {
      spec.commandLine().getErr().println("selkie: %s; so this runs on %s".formatted(why, device));
    }
    return device;
  }

  final boolean quiet() {
    return quiet;
  }

  /** A mistake in how the command was called: exit code 2. */
  final CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
