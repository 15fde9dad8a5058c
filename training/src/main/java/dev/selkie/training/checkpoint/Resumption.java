package dev.selkie.training.checkpoint;

import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a run begins: at a checkpoint, which is then in the network and the optimiser, or at the
 * very start.
 *
 * @param from the checkpoint; empty at the start
 * @param metadata of the checkpoint
 * @param header for the run's own checkpoints
 */
public record Resumption(
    Optional<Checkpoint> from, Map<String, String> metadata, RunHeader header) {

  /**
   * A run from the very start.
   *
   * @param overwrite whether checkpoints that are there may be removed
   * @throws CheckpointException where there are some and they may not
   */
  public static Resumption fresh(
      CheckpointFolder folder, RunHeader header, boolean overwrite, Consumer<String> note) {
    List<Checkpoint> old = folder.checkpoints();
    if (!old.isEmpty()) {
      String whose = whose(old.get(0));
      if (!overwrite) {
        throw new CheckpointException(
            "%s has checkpoints of an earlier run (%s, up to %s); --resume goes on from them, --overwrite removes them and starts anew, or name another folder"
                .formatted(folder.path(), whose, old.get(0)));
      }
      note.accept(
          "removing the checkpoints of an earlier run (%s, up to %s) from %s"
              .formatted(whose, old.get(0), folder.path()));
      folder.removeAll();
    }
    return new Resumption(Optional.empty(), Map.of(), header);
  }

  /**
   * Goes on from the newest checkpoint that is whole, and says from which, and what is not as it
   * was.
   *
   * @param otherNetwork whether a checkpoint of another network will do
   * @throws CheckpointException where it is of another network or optimiser, or none is whole; the
   *     network and the memory are then as they were
   */
  public static Resumption resume(
      CheckpointFolder folder,
      RunHeader header,
      TrainableNetwork network,
      List<Tensor> memory,
      boolean otherNetwork,
      Consumer<String> note) {
    List<String> damaged = new ArrayList<>();
    for (Checkpoint checkpoint : folder.checkpoints()) {
      Map<String, String> metadata;
      Runnable values;
      try (CheckpointReader reader = open(checkpoint, damaged)) {
        if (reader == null) {
          continue;
        }
        metadata = reader.metadata();
        requireSame(checkpoint, reader, header, network, memory, otherNetwork, note);
        reader.requireFit(network, memory);
        values = read(reader, damaged);
      }
      if (values != null) {
        values.run();
        damaged.forEach(fault -> note.accept("left out, as it is damaged: " + fault));
        note.accept(
            "going on from %s in %s (%s)"
                .formatted(checkpoint, folder.path(), RunHeader.describe(metadata)));
        List<String> differences = header.differences(metadata);
        if (!differences.isEmpty()) {
          note.accept(
              "this run differs from the one that it goes on from: %s"
                  .formatted(String.join("; ", differences)));
        }
        return new Resumption(Optional.of(checkpoint), metadata, header.continuing(metadata));
      }
    }
    if (!damaged.isEmpty()) {
      throw new CheckpointException(
          "no checkpoint in %s is whole: %s; start anew with --overwrite, or in another folder"
              .formatted(folder.path(), String.join("; ", damaged)));
    }
    note.accept(
        "%s has no checkpoint to go on from: training starts at epoch 1".formatted(folder.path()));
    return new Resumption(Optional.empty(), Map.of(), header);
  }

  private static CheckpointReader open(Checkpoint checkpoint, List<String> damaged) {
    try {
      return new CheckpointReader(checkpoint);
    } catch (CheckpointException e) {
      damaged.add(e.getMessage());
      return null;
    }
  }

  private static Runnable read(CheckpointReader reader, List<String> damaged) {
    try {
      return reader.read();
    } catch (CheckpointException e) {
      damaged.add(e.getMessage());
      return null;
    }
  }

  private static void requireSame(
      Checkpoint checkpoint,
      CheckpointReader reader,
      RunHeader header,
      TrainableNetwork network,
      List<Tensor> memory,
      boolean otherNetwork,
      Consumer<String> note) {
    Map<String, String> metadata = reader.metadata();
    Optional<String> other = ModelCard.otherNetwork(metadata, network);
    if (other.isPresent() && !otherNetwork) {
      throw new CheckpointException(
          "%s holds %s; name that network, another folder, or go on all the same with --other-network"
              .formatted(checkpoint.weights(), other.get()));
    }
    other.ifPresent(what -> note.accept("%s holds %s".formatted(checkpoint.weights(), what)));
    if (other.isEmpty() && metadata.containsKey("optimizer") && !reader.remembers(memory)) {
      throw new CheckpointException(
          "%s was trained by %s, but this run has %s, which cannot go on from what that remembers; resume with the same optimiser, or start a new run from these weights: --load %s"
              .formatted(
                  checkpoint.folder(),
                  metadata.get("optimizer"),
                  header.entry("optimizer"),
                  checkpoint.weights()));
    }
  }

  private static String whose(Checkpoint checkpoint) {
    try {
      return RunHeader.describe(Weights.metadata(checkpoint.weights()));
    } catch (CheckpointException e) {
      return "damaged";
    }
  }
}
