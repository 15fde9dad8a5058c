package dev.selkie.training.cli;

import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.checkpoint.ModelCard;
import dev.selkie.training.checkpoint.Weights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    description = "Write a network's weights as safetensors, from a file or fresh from a seed.")
final class ExportCommand extends NetworkCommand {
  @Option(names = "--load", paramLabel = "FILE", description = "Weights to check and write again.")
  private Path load;

  @Option(
      names = "--save",
      required = true,
      paramLabel = "FILE",
      description = "Where the weights go.")
  private Path save;

  @Mixin private LoadOptions loadOptions;

  private record Report(
      String network, String device, Long seed, String file, int tensors, long parameters) {}

  @Override
  List<Target> targets() {
    return List.of(Target.file("--save", save));
  }

  @Override
  Outcome execute() {
    NetworkFactory factory = factory();
    try (TrainableNetwork network = open(factory)) {
      Map<String, String> metadata = new LinkedHashMap<>();
      if (load == null) {
        network.initialize(seed());
      } else {
        metadata.putAll(loadOptions.load(network, load, seed(), this::warn).metadata());
      }
      metadata.putAll(ModelCard.identity(network));
      Weights.save(network, save, 0, metadata);
      int tensors = network.parameters().size() + network.statistics().size();
      print("%d tensors in %s".formatted(tensors, save));
      return Outcome.of(
          new Report(
              factory.name(),
              network.backend().device(),
              load == null ? seed() : null,
              save.toString(),
              tensors,
              factory.summary().parameters()));
    }
  }
}
