package dev.selkie.training.cli;

import dev.selkie.training.report.ResultsTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "results", description = "Make a Markdown table of benchmarks' JSON files.")
final class ResultsCommand extends ReportingCommand {
  @Parameters(index = "0", paramLabel = "FOLDER", description = "With files of bench --json.")
  private Path folder;

  @Option(
      names = "--into",
      paramLabel = "FILE",
      description =
          "A Markdown file with a place marked for the table, such as benchmarks/README.md.")
  private Path into;

  @Override
  List<Target> targets() {
    return List.of(Target.file("--into", into));
  }

  @Override
  Outcome execute() {
    List<String> lines = ResultsTable.lines(folder);
    if (into == null) {
      lines.forEach(this::print);
    } else {
      ResultsTable.into(into, lines);
    }
    return Outcome.of(Map.of("table", lines));
  }
}
