package dev.selkie.training.cli;

import java.io.PrintWriter;
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
      VerifyCommand.class,
      DoctorCommand.class,
      ListCommand.class,
      DataCommand.class,
      ExportCommand.class
    })
public final class Main {
  public static void main(String[] arguments) {
    System.exit(
        run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
  }

  /** The exit code: 0 success, 2 usage error, 1 failure. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new Failures())
        .execute(arguments);
  }
}
