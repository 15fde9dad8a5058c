package dev.selkie.training.cli;

import dev.selkie.training.files.OutputException;
import dev.selkie.training.report.JsonFile;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry of {@code ./selkie}. */
@Command(
    name = "selkie",
    description = "Trains convolutional networks that were compiled from annotated interfaces.",
    mixinStandardHelpOptions = true,
    version = "Selkie " + dev.selkie.runtime.GeneratedNetwork.VERSION,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TrainCommand.class,
      EvalCommand.class,
      PredictCommand.class,
      SummaryCommand.class,
      BenchCommand.class,
      ResultsCommand.class,
      VerifyCommand.class,
      DoctorCommand.class,
      ListCommand.class,
      DataCommand.class,
      ExportCommand.class
    })
public final class Main {
  public static void main(String[] arguments) {
    // Numbers read the same everywhere.
    Locale.setDefault(Locale.ROOT);
    System.exit(
        run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
  }

  /** The exit code: 0 success, 2 usage error, 1 failure. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::misused)
        .execute(arguments);
  }

  /** What is wrong, and where to read on; not the whole help. */
  private static int misused(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("%s: %s%nsee %s --help".formatted(name, e.getMessage(), name));
    json(arguments).ifPresent(file -> writeError(file, e.getMessage(), command));
    return CommandLine.ExitCode.USAGE;
  }

  /** Where the JSON was to go; what could not be parsed has no options yet. */
  private static Optional<String> json(String... arguments) {
    Optional<String> file = Optional.empty();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--json=")) {
        file = Optional.of(arguments[i].substring("--json=".length()));
      } else if (arguments[i].equals("--json") && i + 1 < arguments.length) {
        file = Optional.of(arguments[i + 1]);
      }
    }
    return file;
  }

  private static void writeError(String file, String message, CommandLine command) {
    try {
      JsonFile.write(Path.of(file), null, "error", message);
    } catch (OutputException | InvalidPathException e) {
      command.getErr().println("and the JSON: " + e.getMessage());
    }
  }
}
