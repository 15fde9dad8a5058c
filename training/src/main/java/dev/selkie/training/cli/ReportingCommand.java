package dev.selkie.training.cli;

import dev.selkie.runtime.Device;
import dev.selkie.training.files.OutputException;
import dev.selkie.training.files.Rescue;
import dev.selkie.training.report.JsonFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What all commands share: lines for people, a report for programs, failures told in a sentence.
 */
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

  @Option(
      names = "--stacktrace",
      description = "Where the command fails, also show where in the program.")
  private boolean stacktrace;

  @Spec private CommandSpec spec;

  abstract Outcome execute();

  /** Refuses options that make no sense, before anything is looked at or written. */
  void requireSense() {}

  /** What the command will write, beside its JSON; found out to be writable before it begins. */
  List<Target> targets() {
    return List.of();
  }

  /** What is done so far, for the JSON of a command that is told to stop; null for nothing. */
  Object unfinished() {
    return null;
  }

  /** The last word of a command that is told to stop. */
  String stopped() {
    return "stopped before it was done";
  }

  @Override
  public final Integer call() {
    try (Interruption ignored = new Interruption(this::lastWord)) {
      requireSense();
      probe();
      Outcome outcome = execute();
      if (outcome.error() != null) {
        error(outcome.error());
      }
      boolean written = writeJson(outcome.report(), outcome.error());
      return outcome.success() && written ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    } catch (CommandLine.ParameterException e) {
      throw e;
    } catch (Exception | Error e) {
      Failures.print(e, spec.name(), stacktrace, err());
      writeError(Failures.sentence(e));
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void probe() {
    List<Target> all = new ArrayList<>(targets());
    all.add(Target.file("--json", json));
    for (int i = 0; i < all.size(); i++) {
      for (Target earlier : all.subList(0, i)) {
        if (earlier.clashes(all.get(i))) {
          throw usage(
              "%s and %s both name %s"
                  .formatted(earlier.option(), all.get(i).option(), all.get(i).path()));
        }
      }
    }
    all.forEach(Target::probe);
  }

  private void lastWord() {
    String word = stopped();
    error(word);
    Object done = unfinished();
    if (json != null) {
      try {
        JsonFile.write(json, done, "stopped", word);
      } catch (OutputException e) {
        error(e.getMessage());
      }
    }
  }

  /** Whether it is where it was asked for. */
  private boolean writeJson(Object report, String error) {
    if (json == null) {
      return true;
    }
    try {
      write(json, report, error);
      return true;
    } catch (OutputException e) {
      Optional<Path> kept =
          Rescue.into(folder -> write(folder.resolve("report.json"), report, error));
      error(
          "%s; %s"
              .formatted(
                  e.getMessage(),
                  kept.map(folder -> "the report is in %s".formatted(folder.resolve("report.json")))
                      .orElse("the report could not be kept anywhere else")));
      return false;
    }
  }

  private static void write(Path file, Object report, String error) {
    if (error == null) {
      JsonFile.write(file, report);
    } else {
      JsonFile.write(file, report, "error", error);
    }
  }

  /** What went wrong goes into the JSON too; where that is what went wrong, it has been said. */
  private void writeError(String message) {
    if (json != null) {
      try {
        JsonFile.write(json, null, "error", message);
      } catch (OutputException e) {
        if (!message.endsWith(e.getMessage())) {
          error(e.getMessage());
        }
      }
    }
  }

  final void print(String line) {
    if (!quiet) {
      spec.commandLine().getOut().println(line);
      spec.commandLine().getOut().flush();
    }
  }

  /** Something that is not as it should be, though the command goes on; also where it is quiet. */
  final void warn(String sentence) {
    err().println("selkie: " + sentence);
    err().flush();
  }

  private void error(String sentence) {
    err().println("selkie %s: %s".formatted(spec.name(), sentence));
    err().flush();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** The same device, with a word on faster ones that are here and cannot be used. */
  final Device announced(Device device) {
    for (String why : device.passedOver()) {
      warn("%s; so this runs on %s".formatted(why, device));
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

  /** Refuses a number outside of what the option allows; NaN is outside of everything. */
  final void require(boolean holds, String option, String allowed, Object value) {
    if (!holds) {
      throw usage("%s is %s, not %s".formatted(option, allowed, value));
    }
  }
}
