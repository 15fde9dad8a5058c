package dev.selkie.training.checkpoint;

import dev.selkie.runtime.TrainableNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network's weights as a safetensors file with the names and the order of values of PyTorch's
 * {@code state_dict}, so that {@code load_state_dict(safetensors.torch.load_file(...))} takes them.
 */
public final class Weights {
  private static final String MEAN = ".running_mean";
  private static final String VARIANCE = ".running_var";
  private static final String BATCHES = ".num_batches_tracked";

  private Weights() {}

  /**
   * Writes parameters, running statistics, and for each batch norm the steps it has seen.
   *
   * @param steps training steps so far
   * @param metadata strings kept in the file's header, such as those of {@link ModelCard#metadata}
   * @throws dev.selkie.training.files.OutputException where the file cannot be written; an older
   *     one is then still there
   */
  public static void save(
      TrainableNetwork network, Path file, long steps, Map<String, String> metadata) {
    SafetensorsWriter.write(file, metadata, contents(network, steps));
  }

  static List<SafetensorsWriter.Content> contents(TrainableNetwork network, long steps) {
    List<SafetensorsWriter.Content> contents = new ArrayList<>();
    for (NamedTensor tensor : NamedTensor.of(network)) {
      contents.add(
          SafetensorsWriter.Content.floats(tensor.name(), tensor.dimensions(), tensor.read()));
      if (tensor.name().endsWith(MEAN)) {
        String norm = tensor.name().substring(0, tensor.name().length() - MEAN.length());
        contents.add(SafetensorsWriter.Content.scalar(norm + BATCHES, steps));
      }
    }
    return contents;
  }

  /**
   * Reads a file into the network. Each tensor goes where its name and shape fit, also behind a
   * prefix that all names share, such as {@code module.}; F16, BF16 and F64 become float32; what
   * the network has no place for is left. Where anything is refused, the network stays as it was.
   *
   * @param allowed what would be refused otherwise
   * @return what was read and what was not
   * @throws CheckpointException where the file is missing, damaged or of another format; where it
   *     lacks tensors of the network or holds another network's, unless allowed; where nothing in
   *     it fits; where a value is NaN or infinite
   */
  public static LoadedWeights load(TrainableNetwork network, Path file, Allow... allowed) {
    Set<Allow> leniency = EnumSet.noneOf(Allow.class);
    leniency.addAll(List.of(allowed));
    try (SafetensorsReader reader = new SafetensorsReader(file)) {
      Map<String, String> metadata = reader.header().metadata();
      Optional<String> other = ModelCard.otherNetwork(metadata, network);
      WeightMatch match = match(reader, NamedTensor.of(network));
      if (match.taken() == 0) {
        throw match.refusal(file, network.name(), "");
      }
      if (!match.faults().isEmpty() && !leniency.contains(Allow.PARTIAL)) {
        throw match.refusal(
            file, network.name(), "%n  --partial (Allow.PARTIAL) loads what fits".formatted());
      }
      if (other.isPresent() && !leniency.contains(Allow.OTHER_NETWORK)) {
        throw new CheckpointException(
            "%s holds %s; --other-network (Allow.OTHER_NETWORK) takes it all the same"
                .formatted(file, other.get()));
      }
      List<String> notes = new ArrayList<>();
      other.ifPresent(what -> notes.add("%s holds %s".formatted(file, what)));
      match.notes().forEach(note -> notes.add("%s: %s".formatted(file, note)));
      write(NamedTensor.of(network), read(reader, match));
      return new LoadedWeights(
          file,
          metadata,
          match.taken(),
          match.matched().size(),
          match.faults(),
          match.unused(),
          notes);
    }
  }

  /**
   * The metadata alone.
   *
   * @throws CheckpointException where the file is missing, damaged or of another format
   */
  public static Map<String, String> metadata(Path file) {
    try (SafetensorsReader reader = new SafetensorsReader(file)) {
      return reader.header().metadata();
    }
  }

  static WeightMatch match(SafetensorsReader reader, List<NamedTensor> tensors) {
    return WeightMatch.of(
        tensors,
        reader.header().entries().stream().filter(e -> !e.name().endsWith(BATCHES)).toList());
  }

  /** The values of all tensors that have a partner, null for the others. */
  static List<float[]> read(SafetensorsReader reader, WeightMatch match) {
    List<float[]> values = new ArrayList<>();
    for (TensorEntry entry : match.matched()) {
      values.add(entry == null ? null : reader.floats(entry, least(entry)));
    }
    return values;
  }

  static void write(List<NamedTensor> tensors, List<float[]> values) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) != null) {
        tensors.get(i).write(values.get(i));
      }
    }
  }

  /** A negative variance would be a NaN in every output. */
  private static float least(TensorEntry entry) {
    return entry.name().endsWith(VARIANCE) ? 0 : -Float.MAX_VALUE;
  }
}
