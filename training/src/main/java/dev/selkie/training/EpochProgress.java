package dev.selkie.training;

import dev.selkie.training.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a run has come.
 *
 * @param epoch epochs done
 * @param step steps done of the one after them
 * @param lossSum of those steps' mean losses
 * @param skipped steps among them that changed no parameter
 */
record EpochProgress(int epoch, int step, double lossSum, long skipped) {
  /** Nothing is done. */
  static final EpochProgress FIRST = new EpochProgress(0, 0, 0, 0);

  private static final String LOSS = "lossSum";
  private static final String SKIPPED = "skippedSteps";

  /** After the last step of an epoch. */
  static EpochProgress done(int epoch) {
    return new EpochProgress(epoch, 0, 0, 0);
  }

  /** As a checkpoint's header says it. */
  static EpochProgress of(Checkpoint checkpoint, Map<String, String> metadata) {
    try {
      return new EpochProgress(
          checkpoint.epoch(),
          checkpoint.step(),
          Double.parseDouble(metadata.getOrDefault(LOSS, "0")),
          Long.parseLong(metadata.getOrDefault(SKIPPED, "0")));
    } catch (NumberFormatException e) {
      throw new TrainingException(
          "the header of %s has numbers that are none: %s"
              .formatted(checkpoint.weights(), e.getMessage()),
          e);
    }
  }

  Checkpoint in(Path folder) {
    return new Checkpoint(folder, epoch, step);
  }

  /** What resuming needs beside weights, memory, epoch and step; exact. */
  Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (step > 0) {
      metadata.put(LOSS, Double.toString(lossSum));
      metadata.put(SKIPPED, Long.toString(skipped));
    }
    return metadata;
  }
}
