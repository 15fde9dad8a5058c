package dev.selkie.training;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.checkpoint.Checkpoint;
import dev.selkie.training.data.Augmentation;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.optimizer.Optimizer;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Schedule;
import dev.selkie.training.optimizer.Sgd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a network from its present weights.
 *
 * <p>Each epoch goes once through the training images in an order of its own; the images of a last
 * batch that is not full are left out. On the CPU the same seed gives the same weights, bit for
 * bit.
 */
public final class Trainer {
  private final TrainableNetwork network;
  private DataSet data;
  private Optimizer optimizer = Sgd.sgd(0.1).momentum(0.9).withNesterov().weightDecay(5e-4);
  private Schedule schedule = Schedule.constant();
  private Augmentation augmentation = Augmentation.NONE;
  private TrainingListener listener = TrainingListener.none();
  private int epochs = 1;
  private long seed;
  private Path checkpoints;
  private boolean resume;
  private boolean eager;
  private Map<String, String> metadata = Map.of();

  private Trainer(TrainableNetwork network) {
    this.network = network;
  }

  public static Trainer of(TrainableNetwork network) {
    return new Trainer(network);
  }

  /** What to train on and to test with; there is no default. */
  public Trainer data(DataSet images) {
    data = images;
    return this;
  }

  /** SGD 0.1 with Nesterov's momentum 0.9 and weight decay 5e-4 unless set. */
  public Trainer optimizer(Optimizer recipe) {
    optimizer = recipe;
    return this;
  }

  /** Constant unless set. */
  public Trainer schedule(Schedule course) {
    schedule = course;
    return this;
  }

  /** None unless set. */
  public Trainer augmentation(Augmentation changes) {
    augmentation = changes;
    return this;
  }

  /** Share of the target that is spread over all classes; 0 unless set. */
  public Trainer labelSmoothing(double share) {
    network.labelSmoothing((float) share);
    return this;
  }

  public Trainer epochs(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("train for at least one epoch, not " + count);
    }
    epochs = count;
    return this;
  }

  /** What order, augmentation and dropout are drawn from; 0 unless set. */
  public Trainer seed(long number) {
    seed = number;
    return this;
  }

  public Trainer listener(TrainingListener watcher) {
    listener = watcher;
    return this;
  }

  /** Keeps weights and the optimiser's memory there after each epoch. */
  public Trainer checkpoints(Path folder) {
    checkpoints = folder;
    return this;
  }

  /** Goes on from the last checkpoint, where there is one, as if training had never stopped. */
  public Trainer resume(boolean goOn) {
    resume = goOn;
    return this;
  }

  /** Calls verb by verb, also where the backend could launch a step as one graph. */
  public Trainer eager(boolean verbByVerb) {
    eager = verbByVerb;
    return this;
  }

  /** Strings kept in the checkpoints' headers. */
  public Trainer metadata(Map<String, String> strings) {
    metadata = Map.copyOf(strings);
    return this;
  }

  /**
   * Trains and tests, epoch by epoch.
   *
   * @throws TrainingException where the loss stops being finite, with the step and the layer; where
   *     the device fails, with the checkpoint that is left
   */
  public TrainingReport run() {
    long start = System.nanoTime();
    requireFit();
    OptimizerState state = optimizer.bind(network);
    TrainingStep step = new TrainingStep(network, data, augmentation, state, eager, seed);
    Evaluator evaluator = new Evaluator(network, data.test(), data.normalization());
    List<EpochReport> reports = new ArrayList<>();
    for (int epoch = resumed(state) + 1; epoch <= epochs; epoch++) {
      EpochReport report;
      try {
        report = epoch(epoch, step, evaluator);
        save(epoch, step, state);
      } catch (BackendException e) {
        throw new TrainingException(
            "epoch %d: %s; %s".formatted(epoch, e.getMessage(), remaining()), e);
      }
      reports.add(report);
      listener.epochDone(report);
    }
    double accuracy =
        reports.isEmpty() ? evaluator.accuracy() : reports.get(reports.size() - 1).testAccuracy();
    return new TrainingReport(reports, accuracy, seconds(start));
  }

  private EpochReport epoch(int epoch, TrainingStep step, Evaluator evaluator) {
    int steps = step.stepsPerEpoch();
    listener.epochStarted(epoch, epochs, steps);
    long start = System.nanoTime();
    long skipped = network.backend().skippedUpdates();
    step.shuffle(epoch);
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      long count = (long) (epoch - 1) * steps + i + 1;
      double loss = step.run(i, count, rate(epoch, i, steps));
      if (!Double.isFinite(loss)) {
        throw diverged(loss, epoch, i + 1, step.dropoutSeed(count));
      }
      sum += loss;
      listener.stepDone(i + 1, network.batch(), loss);
    }
    double imagesPerSecond = (double) steps * network.batch() / seconds(start);
    LossScaling scaling = LossScaling.since(skipped, network.backend());
    double accuracy = evaluator.accuracy();
    return new EpochReport(epoch, sum / steps, accuracy, imagesPerSecond, seconds(start), scaling);
  }

  private float rate(int epoch, int index, int steps) {
    double done = epoch - 1 + (double) index / steps;
    return (float) (optimizer.learningRate() * schedule.factor(done, epochs));
  }

  private TrainingException diverged(double loss, int epoch, int step, long dropoutSeed) {
    return new TrainingException(
        "loss is %s at step %d of epoch %d; first in %s; try a lower learning rate or a longer warm-up"
            .formatted(
                loss,
                step,
                epoch,
                NonFinite.first(network, dropoutSeed).orElse("the loss, and not again since")));
  }

  private void requireFit() {
    if (data == null) {
      throw new IllegalArgumentException(
          "no data to train on: call data(FashionMnist.load()) or the like before run()");
    }
    if (data.classes().size() > network.classes()) {
      throw new IllegalArgumentException(
          "%s has %d classes but %s tells only %d apart; choose a network with as many"
              .formatted(data.name(), data.classes().size(), network.name(), network.classes()));
    }
    if (data.train().count() < network.batch()) {
      throw new IllegalArgumentException(
          "%s has %d training images, fewer than a batch of %d; choose a smaller batch"
              .formatted(data.name(), data.train().count(), network.batch()));
    }
  }

  /** What a run that ends here leaves to go on from. */
  private String remaining() {
    if (checkpoints == null) {
      return "no checkpoint was asked for (--checkpoint DIR keeps one after each epoch)";
    }
    return Checkpoint.latest(checkpoints)
        .map(
            c ->
                "the last checkpoint is whole: %s (--resume goes on from it)"
                    .formatted(c.weights()))
        .orElse("no epoch was done, so there is no checkpoint to go on from");
  }

  private int resumed(OptimizerState state) {
    Optional<Checkpoint> latest =
        resume && checkpoints != null ? Checkpoint.latest(checkpoints) : Optional.empty();
    latest.ifPresent(checkpoint -> checkpoint.load(network, state.memory()));
    return latest.map(Checkpoint::epoch).orElse(0);
  }

  private void save(int epoch, TrainingStep step, OptimizerState state) {
    if (checkpoints != null) {
      long steps = (long) epoch * step.stepsPerEpoch();
      new Checkpoint(checkpoints, epoch).save(network, state.memory(), steps, metadata);
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
