package dev.selkie.training;

import dev.selkie.runtime.Feed;
import dev.selkie.runtime.StepOps;
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
  private final StepOps ops;
  private final DataSet data;
  private final BatchFiller filler;
  private final Augmentation augmentation;
  private final OptimizerState optimizer;
  private final long seed;
  private final StepWork work;
  private final Feed feed;
  private final int[] order;
  private final float[][] inputs;
  private final float[][] labels;
  private final float[] losses;
  private long put;

  /**
   * @throws TrainingException where a batch has more values than an array of Java's
   */
  TrainingStep(TrainingPlan plan, OptimizerState optimizer) {
    this.network = plan.network();
    this.ops = network.backend().stepOps();
    this.data = plan.data();
    this.augmentation = plan.augmentation();
    this.optimizer = optimizer;
    this.seed = plan.seed();
    ImageAdapter adapter = ImageAdapter.fit(data.train(), network.input().shape());
    this.filler = new BatchFiller(data.train(), data.normalization(), adapter);
    this.order = new int[data.train().count()];
    this.work = new StepWork(network, optimizer, plan.eager());
    this.feed = network.backend().feed(network.input(), network.labels());
    this.inputs = new float[2][values(network.batch(), filler.inputSize())];
    this.labels = new float[2][network.batch()];
    this.losses = new float[network.batch()];
  }

  private static int values(int batch, int size) {
    long values = (long) batch * size;
    if (values > Integer.MAX_VALUE - 8) {
      throw new TrainingException(
          "a batch of %d images with %d values each is more than one array can hold; choose a smaller batch"
              .formatted(batch, size));
    }
    return (int) values;
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
   * @return the mean loss, of which the parameters know nothing yet where it is not finite: a
   *     backend that records the step leaves out its update
   */
  double run(int index, long step, float rate) {
    if (put < step) {
      put(index, step);
    }
    feed.take();
    ops.seed(dropoutSeed(step));
    optimizer.prepare(rate, step);
    if (work.launched()) {
      if (index + 1 < stepsPerEpoch()) {
        // The device is at work: the next batch is made and sent meanwhile.
        put(index + 1, step + 1);
      }
      return loss();
    }
    network.forward();
    double loss = loss();
    if (Double.isFinite(loss)) {
      work.backward();
    }
    return loss;
  }

  /** What the step's dropout is drawn from. */
  long dropoutSeed(long step) {
    return Mix.mix(seed, step);
  }

  private void put(int index, long step) {
    float[] images = inputs[(int) (step % 2)];
    float[] classes = labels[(int) (step % 2)];
    int first = index * network.batch();
    long stepSeed = Mix.mix(~seed, step);
    for (int slot = 0; slot < network.batch(); slot++) {
      int image = order[first + slot];
      filler.fill(images, slot, image, augmentation, Mix.mix(stepSeed, slot));
      classes[slot] = data.train().label(image);
    }
    feed.put(images, classes);
    put = step;
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
