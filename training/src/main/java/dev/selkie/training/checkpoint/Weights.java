package dev.selkie.training.checkpoint;

import dev.selkie.runtime.TrainableNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network's weights as a safetensors file with the names and the order of values of PyTorch's
 * {@code state_dict}, so that {@code load_state_dict(safetensors.torch.load_file(...))} takes them.
 */
public final class Weights {
  private static final String MEAN = ".running_mean";
  private static final String BATCHES = ".num_batches_tracked";

  private Weights() {}

  /**
   * Writes parameters, running statistics, and for each batch norm the steps it has seen.
   *
   * @param steps training steps so far
   * @param metadata strings kept in the file's header
   */
  public static void save(
      TrainableNetwork network, Path file, long steps, Map<String, String> metadata) {
    List<SafetensorsWriter.Content> contents = new ArrayList<>();
    for (NamedTensor tensor : NamedTensor.of(network)) {
      contents.add(
          SafetensorsWriter.Content.floats(tensor.name(), tensor.dimensions(), tensor.read()));
      if (tensor.name().endsWith(MEAN)) {
        String norm = tensor.name().substring(0, tensor.name().length() - MEAN.length());
        contents.add(SafetensorsWriter.Content.scalar(norm + BATCHES, steps));
      }
    }
    SafetensorsWriter.write(file, metadata, contents);
  }

  /**
   * Reads a file into the network, all of it or, where anything does not fit, nothing.
   *
   * @return the file's metadata
   */
  public static Map<String, String> load(TrainableNetwork network, Path file) {
    return load(file, network.name(), NamedTensor.of(network));
  }

  /** The metadata alone. */
  public static Map<String, String> metadata(Path file) {
    try (SafetensorsReader reader = new SafetensorsReader(file)) {
      return reader.header().metadata();
    }
  }

  static Map<String, String> load(Path file, String owner, List<NamedTensor> tensors) {
    try (SafetensorsReader reader = new SafetensorsReader(file)) {
      List<TensorEntry> entries =
          reader.header().entries().stream().filter(e -> !e.name().endsWith(BATCHES)).toList();
      List<TensorEntry> matched = new WeightMatch(file, owner).match(tensors, entries);
      List<float[]> values = matched.stream().map(reader::floats).toList();
      for (int i = 0; i < values.size(); i++) {
        tensors.get(i).write(values.get(i));
      }
      return reader.header().metadata();
    }
  }
}
