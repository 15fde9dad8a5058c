package dev.selkie.training.cli;

import java.io.PrintWriter;
import java.util.Locale;
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
        .setExecutionExceptionHandler(new Failures())
        .execute(arguments);
  }

  /** What is wrong, and where to read on; not the whole help. */
  private static int misused(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("%s: %s%nsee %s --help".formatted(name, e.getMessage(), name));
    return CommandLine.ExitCode.USAGE;
  }
}
