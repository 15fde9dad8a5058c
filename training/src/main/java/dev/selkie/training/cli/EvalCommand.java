package dev.selkie.training.cli;

import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.Evaluator;
import dev.selkie.training.checkpoint.LoadedWeights;
import dev.selkie.training.checkpoint.ModelCard;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.data.ImageAdapter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "eval", description = "Test a network's weights on a data set.")
final class EvalCommand extends NetworkCommand {
  @Mixin private DataOptions dataOptions;

  @Option(
      names = "--load",
      required = true,
      paramLabel = "FILE",
      description = "The weights, as train --save wrote them.")
  private Path load;

  @Mixin private LoadOptions loadOptions;

  @Override
  Outcome execute() {
    NetworkFactory factory = factory();
    try (TrainableNetwork network = open(factory)) {
      List<String> notes = new ArrayList<>();
      LoadedWeights loaded = loadOptions.load(network, load, seed(), notes::add);
      DataSet data = dataOptions.load(network.input().shape(), seed(), this::print);
      ModelCard.otherData(loaded.metadata(), data)
          .ifPresent(other -> notes.add("%s: %s".formatted(load, other)));
      notes.forEach(this::warn);
      String input = ImageAdapter.fit(data.test(), network.input().shape()).sentence();
      print(input);
      long start = System.nanoTime();
      double accuracy = new Evaluator(network, data.test(), data.normalization()).accuracy();
      double seconds = (System.nanoTime() - start) / 1e9;
      print("test accuracy %.4f in %.1f s".formatted(accuracy, seconds));
      return Outcome.of(
          new TrainReport(
              factory.name(),
              network.backend().device(),
              data.name(),
              seed(),
              network.batch(),
              input,
              "",
              List.of(),
              accuracy,
              seconds,
              notes));
    }
  }
}
