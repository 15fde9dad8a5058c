package dev.selkie.training.checkpoint;

import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import java.util.List;
import java.util.Map;

/** The two files of a checkpoint, open for reading. */
final class CheckpointReader implements AutoCloseable {
  private final Checkpoint checkpoint;
  private final SafetensorsReader weights;
  private final SafetensorsReader optimizer;
  private List<NamedTensor> parameters;
  private List<NamedTensor> remembered;
  private WeightMatch parameterMatch;
  private WeightMatch memoryMatch;

  /**
   * @throws CheckpointException where a file is missing or damaged, or they are of two runs
   */
  CheckpointReader(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
    this.weights = new SafetensorsReader(checkpoint.weights());
    try {
      this.optimizer = new SafetensorsReader(checkpoint.optimizer());
    } catch (CheckpointException e) {
      weights.close();
      throw e;
    }
    for (String key : List.of(RunHeader.RUN, "epoch", "step")) {
      String one = metadata().getOrDefault(key, "");
      String other = optimizer.header().metadata().getOrDefault(key, "");
      if (!one.equals(other)) {
        close();
        throw new CheckpointException(
            "%s and %s do not belong together: their %s is '%s' and '%s'"
                .formatted(checkpoint.weights(), checkpoint.optimizer(), key, one, other));
      }
    }
  }

  /** Of the weights' file. */
  Map<String, String> metadata() {
    return weights.header().metadata();
  }

  /** Whether the optimiser's file has the tensors that this optimiser remembers. */
  boolean remembers(List<Tensor> memory) {
    WeightMatch match = Weights.match(optimizer, NamedTensor.of(memory));
    return match.faults().isEmpty() && match.unused().isEmpty();
  }

  /**
   * Looks at names and shapes alone.
   *
   * @throws CheckpointException where they are those of another network or optimiser
   */
  void requireFit(TrainableNetwork network, List<Tensor> memory) {
    parameters = NamedTensor.of(network);
    remembered = NamedTensor.of(memory);
    parameterMatch = Weights.match(weights, parameters);
    memoryMatch = Weights.match(optimizer, remembered);
    if (!parameterMatch.faults().isEmpty()) {
      throw parameterMatch.refusal(checkpoint.weights(), network.name(), "");
    }
    if (!memoryMatch.faults().isEmpty() || !memoryMatch.unused().isEmpty()) {
      throw memoryMatch.refusal(checkpoint.optimizer(), "the optimiser", "");
    }
  }

  /**
   * Reads all values of both files. To be called behind {@link #requireFit}.
   *
   * @return what puts them where they belong
   * @throws CheckpointException where a value is damaged
   */
  Runnable read() {
    requireChecksum(weights, checkpoint);
    requireChecksum(optimizer, checkpoint);
    List<float[]> values = Weights.read(weights, parameterMatch);
    List<float[]> memory = Weights.read(optimizer, memoryMatch);
    return () -> {
      Weights.write(parameters, values);
      Weights.write(remembered, memory);
    };
  }

  private static void requireChecksum(SafetensorsReader reader, Checkpoint checkpoint) {
    String claimed = reader.header().metadata().get(Checkpoint.CHECKSUM);
    if (claimed != null && !claimed.equals(reader.checksum())) {
      throw new CheckpointException(
          "the values of %s in %s are not those that were written"
              .formatted(checkpoint, checkpoint.folder()));
    }
  }

  @Override
  public void close() {
    weights.close();
    optimizer.close();
  }
}
