package dev.selkie.training;

import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.checkpoint.ModelCard;
import dev.selkie.training.checkpoint.RunHeader;
import dev.selkie.training.data.Augmentation;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.optimizer.Optimizer;
import dev.selkie.training.optimizer.Schedule;
import java.util.LinkedHashMap;
import java.util.Map;

/** All that decides the course of a run; see the methods of {@link Trainer}. */
record TrainingPlan(
    TrainableNetwork network,
    DataSet data,
    Optimizer optimizer,
    Schedule schedule,
    Augmentation augmentation,
    double smoothing,
    int epochs,
    long seed,
    boolean eager,
    TrainingListener listener,
    CheckpointPlan checkpoints) {

  /**
   * @throws TrainingException where the data cannot be trained on with this network and batch
   */
  void requireFit() {
    if (data.classes().size() > network.classes()) {
      throw new TrainingException(
          "%s has %d classes but %s tells only %d apart; choose a network with as many"
              .formatted(data.name(), data.classes().size(), network.name(), network.classes()));
    }
    if (data.train().count() < network.batch()) {
      throw new TrainingException(
          "%s has %d training images, fewer than a batch of %d; choose a smaller batch"
              .formatted(data.name(), data.train().count(), network.batch()));
    }
  }

  float rate(int epoch, int index, int steps) {
    double done = epoch - 1 + (double) index / steps;
    return (float) (optimizer.learningRate() * schedule.factor(done, epochs));
  }

  /** What the headers of this run's checkpoints say. */
  RunHeader header() {
    Map<String, String> entries = new LinkedHashMap<>(ModelCard.of(network, data).metadata());
    entries.put("trainImages", Integer.toString(data.train().count()));
    entries.put("batch", Integer.toString(network.batch()));
    entries.put("seed", Long.toString(seed));
    entries.put("precision", network.backend().precision().toString());
    entries.put("epochs", Integer.toString(epochs));
    entries.put("optimizer", optimizer.describe());
    entries.put("schedule", schedule.describe());
    entries.put(
        "augmentation",
        "crop %d, %s".formatted(augmentation.crop(), augmentation.flip() ? "flip" : "no flip"));
    entries.put("smoothing", Double.toString(smoothing));
    entries.putAll(checkpoints.metadata());
    return RunHeader.of(entries);
  }
}
