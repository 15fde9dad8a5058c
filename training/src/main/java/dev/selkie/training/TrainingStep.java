package dev.selkie.training;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.data.Augmentation;
import dev.selkie.training.data.BatchFiller;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.data.ImageAdapter;
import dev.selkie.training.data.Mix;
import dev.selkie.training.data.Shuffle;
import dev.selkie.training.optimizer.OptimizerState;

/**
 * One step after another through a shuffled epoch. All arrays are made once: a step allocates
 * nothing.
 */
final class TrainingStep {
  private final TrainableNetwork network;
  private final Ops ops;
  private final DataSet data;
  private final BatchFiller filler;
  private final Augmentation augmentation;
  private final OptimizerState optimizer;
  private final long seed;
  private final int[] order;
  private final float[] inputs;
  private final float[] labels;
  private final float[] losses;

  TrainingStep(
      TrainableNetwork network,
      DataSet data,
      Augmentation augmentation,
      OptimizerState optimizer,
      long seed) {
    this.network = network;
    this.ops = network.backend().ops();
    this.data = data;
    this.augmentation = augmentation;
    this.optimizer = optimizer;
    this.seed = seed;
    ImageAdapter adapter = ImageAdapter.fit(data.train(), network.input().shape());
    this.filler = new BatchFiller(data.train(), data.normalization(), adapter);
    this.order = new int[data.train().count()];
    this.inputs = new float[network.batch() * filler.inputSize()];
    this.labels = new float[network.batch()];
    this.losses = new float[network.batch()];
  }

  /** Steps of an epoch; the images of a last batch that is not full wait for another epoch. */
  int stepsPerEpoch() {
    return order.length / network.batch();
  }

  void shuffle(int epoch) {
    Shuffle.fill(order, seed, epoch);
  }

  /**
   * Forward, backward, update.
   *
   * @param index of the step within the epoch
   * @param step from 1, counted over all epochs
   * @return the mean loss, of which the parameters know nothing yet where it is not finite
   */
  double run(int index, long step, float rate) {
    fill(index, step);
    ops.seed(dropoutSeed(step));
    optimizer.prepare(rate, step);
    network.forward();
    double loss = loss();
    if (!Double.isFinite(loss)) {
      return loss;
    }
    network.backward();
    optimizer.update();
    return loss;
  }

  /** What the step's dropout is drawn from. */
  long dropoutSeed(long step) {
    return Mix.mix(seed, step);
  }

  private void fill(int index, long step) {
    int first = index * network.batch();
    long stepSeed = Mix.mix(~seed, step);
    for (int slot = 0; slot < network.batch(); slot++) {
      int image = order[first + slot];
      filler.fill(inputs, slot, image, augmentation, Mix.mix(stepSeed, slot));
      labels[slot] = data.train().label(image);
    }
    network.input().write(inputs);
    network.labels().write(labels);
  }

  private double loss() {
    network.loss().read(losses);
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    return sum / losses.length;
  }
}
