package dev.selkie.training.checkpoint;

import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A point that training can go on from: in one folder {@code epoch-3.safetensors} with the weights
 * and {@code epoch-3.optimizer.safetensors} with what the optimiser remembers.
 *
 * @param epoch epochs done
 */
public record Checkpoint(Path folder, int epoch) {
  private static final Pattern WEIGHTS = Pattern.compile("epoch-(\\d{1,9})\\.safetensors");

  /** The one with the most epochs; empty where there is none. */
  public static Optional<Checkpoint> latest(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> WEIGHTS.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(name -> new Checkpoint(folder, Integer.parseInt(name.group(1))))
          .max(Comparator.comparingInt(Checkpoint::epoch));
    } catch (IOException e) {
      throw new CheckpointException("cannot read %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  public Path weights() {
    return folder.resolve("epoch-%d.safetensors".formatted(epoch));
  }

  private Path optimizer() {
    return folder.resolve("epoch-%d.optimizer.safetensors".formatted(epoch));
  }

  /** Writes both files, the weights last: where they are, the checkpoint is whole. */
  public void save(
      TrainableNetwork network, List<Tensor> memory, long steps, Map<String, String> metadata) {
    SafetensorsWriter.write(
        optimizer(),
        metadata,
        memory.stream()
            .map(tensor -> NamedTensor.vector(tensor.name(), tensor))
            .map(t -> SafetensorsWriter.Content.floats(t.name(), t.dimensions(), t.read()))
            .toList());
    Map<String, String> withEpoch = new LinkedHashMap<>(metadata);
    withEpoch.put("epoch", Integer.toString(epoch));
    Weights.save(network, weights(), steps, withEpoch);
  }

  /** Reads both files into the network and the optimiser's memory. */
  public void load(TrainableNetwork network, List<Tensor> memory) {
    Weights.load(network, weights());
    Weights.load(
        optimizer(),
        "the optimiser",
        memory.stream().map(tensor -> NamedTensor.vector(tensor.name(), tensor)).toList());
  }
}
