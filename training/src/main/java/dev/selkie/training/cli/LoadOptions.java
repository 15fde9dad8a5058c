package dev.selkie.training.cli;

import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.checkpoint.Allow;
import dev.selkie.training.checkpoint.LoadedWeights;
import dev.selkie.training.checkpoint.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** What weights a command may take that are not quite the network's own. */
final class LoadOptions {
  @Option(
      names = "--partial",
      description = "Take weights that lack some of the network's; those keep what --seed gives.")
  private boolean partial;

  @Option(
      names = "--other-network",
      description = "Take weights of another network whose names and shapes fit.")
  private boolean otherNetwork;

  /** Reads a file into the network and tells what is not as one would expect. */
  LoadedWeights load(TrainableNetwork network, Path file, long seed, Consumer<String> note) {
    List<Allow> allowed = new ArrayList<>();
    if (partial) {
      network.initialize(seed);
      allowed.add(Allow.PARTIAL);
    }
    if (otherNetwork) {
      allowed.add(Allow.OTHER_NETWORK);
    }
    LoadedWeights loaded = Weights.load(network, file, allowed.toArray(Allow[]::new));
    loaded.sentences().forEach(note);
    return loaded;
  }
}
