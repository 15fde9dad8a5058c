package dev.selkie.training.checkpoint;

import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.files.OutputException;
import dev.selkie.training.files.OutputFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A point that training can go on from: in one folder {@code epoch-3.safetensors} with the weights
 * and {@code epoch-3.optimizer.safetensors} with what the optimiser remembers; within an epoch
 * {@code epoch-4-step-100.safetensors} and its partner.
 *
 * @param epoch epochs done
 * @param step steps done of the epoch after them
 */
public record Checkpoint(Path folder, int epoch, int step) {
  static final String CHECKSUM = "crc32c";

  /** At the end of an epoch. */
  public Checkpoint(Path folder, int epoch) {
    this(folder, epoch, 0);
  }

  /**
   * The one with the most epochs and steps; empty where there is none.
   *
   * @throws CheckpointException where the folder cannot be read
   */
  public static Optional<Checkpoint> latest(Path folder) {
    return CheckpointFolder.list(folder).stream().findFirst();
  }

  public Path weights() {
    return folder.resolve(stem() + ".safetensors");
  }

  Path optimizer() {
    return folder.resolve(stem() + ".optimizer.safetensors");
  }

  /** Such as {@code epoch 3}, or {@code step 100 of epoch 4}. */
  @Override
  public String toString() {
    return step == 0
        ? "epoch %d".formatted(epoch)
        : "step %d of epoch %d".formatted(step, epoch + 1);
  }

  private String stem() {
    return step == 0 ? "epoch-%d".formatted(epoch) : "epoch-%d-step-%d".formatted(epoch + 1, step);
  }

  /**
   * Writes both files, the weights last: where they are, the checkpoint is whole.
   *
   * @param steps training steps so far
   * @throws dev.selkie.training.files.OutputException where one cannot be written
   */
  public void save(
      TrainableNetwork network, List<Tensor> memory, long steps, Map<String, String> metadata) {
    Map<String, String> header = new LinkedHashMap<>(metadata);
    header.put("epoch", Integer.toString(epoch));
    if (step > 0) {
      header.put("step", Integer.toString(step));
    }
    List<SafetensorsWriter.Content> remembered =
        NamedTensor.of(memory).stream()
            .map(t -> SafetensorsWriter.Content.floats(t.name(), t.dimensions(), t.read()))
            .toList();
    OutputFile.together(
        () -> {
          try {
            write(optimizer(), header, remembered);
            write(weights(), header, Weights.contents(network, steps));
          } catch (OutputException e) {
            CheckpointFolder.removeRemains(this);
            throw e;
          }
        });
  }

  /**
   * Reads both files into the network and the optimiser's memory: both, or where anything is wrong
   * with either, none.
   *
   * @throws CheckpointException where a file is missing, damaged, or of another network or
   *     optimiser
   */
  public void load(TrainableNetwork network, List<Tensor> memory) {
    try (CheckpointReader reader = new CheckpointReader(this)) {
      reader.requireFit(network, memory);
      reader.read().run();
    }
  }

  private static void write(
      Path file, Map<String, String> header, List<SafetensorsWriter.Content> contents) {
    CRC32C sum = new CRC32C();
    contents.forEach(content -> sum.update(content.bytes()));
    Map<String, String> checked = new LinkedHashMap<>(header);
    checked.put(CHECKSUM, Long.toHexString(sum.getValue()));
    SafetensorsWriter.write(file, checked, contents);
  }
}
