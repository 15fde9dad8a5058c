package dev.selkie.training.cli;

import dev.selkie.runtime.BackendException;
import dev.selkie.training.TrainingException;
import dev.selkie.training.checkpoint.CheckpointException;
import dev.selkie.training.data.DataException;
import dev.selkie.training.report.JsonFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * What could be foreseen becomes one message; anything else is a bug and shows its stack. Either
 * way the JSON file, where one was asked for, says so too.
 */
final class Failures implements IExecutionExceptionHandler {
  private static final List<Class<? extends Exception>> FORESEEN =
      List.of(
          BackendException.class,
          TrainingException.class,
          CheckpointException.class,
          DataException.class,
          IllegalArgumentException.class,
          UncheckedIOException.class);

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    boolean foreseen = FORESEEN.stream().anyMatch(type -> type.isInstance(e));
    String message = foreseen ? e.getMessage() : e.toString();
    command.getErr().println("selkie %s: %s".formatted(command.getCommandName(), message));
    if (!foreseen) {
      e.printStackTrace(command.getErr());
    }
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    Path json = last.matchedOptionValue("--json", null);
    if (json != null && !(e instanceof UncheckedIOException)) {
      JsonFile.write(json, Map.of("error", message));
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
