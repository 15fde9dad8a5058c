package dev.selkie.training;

import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.data.Augmentation;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.optimizer.Optimizer;
import dev.selkie.training.optimizer.Schedule;
import dev.selkie.training.optimizer.Sgd;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trains a network from its present weights.
 *
 * <p>Each epoch goes once through the training images in an order of its own; the images of a last
 * batch that is not full are left out. On the CPU the same seed gives the same weights, bit for
 * bit, also where a run was stopped and resumed.
 *
 * <p>A trainer and its network are for one thread.
 */
public final class Trainer {
  private final TrainableNetwork network;
  private DataSet data;
  private Optimizer optimizer = Sgd.sgd(0.1).momentum(0.9).withNesterov().weightDecay(5e-4);
  private Schedule schedule = Schedule.constant();
  private Augmentation augmentation = Augmentation.NONE;
  private TrainingListener listener = TrainingListener.none();
  private double smoothing;
  private int epochs = 1;
  private long seed;
  private Path checkpoints;
  private boolean resume;
  private boolean overwrite;
  private boolean otherNetwork;
  private int kept = Integer.MAX_VALUE;
  private int everySteps;
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

  /**
   * Share of the target that is spread over all classes; 0 unless set.
   *
   * @throws IllegalArgumentException unless it is from 0 to below 1
   */
  public Trainer labelSmoothing(double share) {
    network.labelSmoothing((float) share);
    smoothing = share;
    return this;
  }

  /**
   * Epochs in all, those before a checkpoint that is resumed included; 1 unless set.
   *
   * @throws IllegalArgumentException where there is none
   */
  public Trainer epochs(int count) {
    requireAtLeastOne(count, "train for at least one epoch");
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

  /**
   * Keeps weights and the optimiser's memory there after each epoch. While a run lasts, no other
   * may use the folder.
   */
  public Trainer checkpoints(Path folder) {
    checkpoints = folder;
    return this;
  }

  /**
   * Keeps a checkpoint within an epoch as well, after each so many steps; the one before is removed
   * then. 0, as unless set, keeps none.
   *
   * @throws IllegalArgumentException for a negative number
   */
  public Trainer checkpointEvery(int steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("steps between checkpoints are at least 0, not " + steps);
    }
    everySteps = steps;
    return this;
  }

  /**
   * Of the checkpoints after epochs, keeps only the newest; all unless set.
   *
   * @throws IllegalArgumentException where there is none
   */
  public Trainer keep(int newest) {
    requireAtLeastOne(newest, "keep at least one checkpoint");
    kept = newest;
    return this;
  }

  /**
   * Goes on from the newest checkpoint that is whole, where there is one, as if training had never
   * stopped. The listener hears which it is, and in what this run differs from that one's.
   */
  public Trainer resume(boolean goOn) {
    resume = goOn;
    return this;
  }

  /**
   * Removes what an earlier run has left in the folder of checkpoints; without it, a run that does
   * not resume is refused there.
   */
  public Trainer overwrite(boolean remove) {
    overwrite = remove;
    return this;
  }

  /** Resumes also what another network has left, as long as names and shapes fit. */
  public Trainer otherNetwork(boolean allowed) {
    otherNetwork = allowed;
    return this;
  }

  /** Calls verb by verb, also where the backend could launch a step as one graph. */
  public Trainer eager(boolean verbByVerb) {
    eager = verbByVerb;
    return this;
  }

  /** Strings for the checkpoints' headers, beside those that say what the run is. */
  public Trainer metadata(Map<String, String> strings) {
    metadata = new LinkedHashMap<>(strings);
    return this;
  }

  /**
   * Trains and tests, epoch by epoch.
   *
   * @throws IllegalArgumentException where there is no data
   * @throws TrainingException where network, batch and data do not fit; where the loss stops being
   *     finite, with the step and the layer; where the device or Java's heap fails or a checkpoint
   *     cannot be written, with the checkpoint that is left
   * @throws dev.selkie.training.checkpoint.CheckpointException before the first step: where another
   *     run has the folder of checkpoints or has left some there, or where the one to resume is
   *     another network's or optimiser's, or none is whole
   * @throws dev.selkie.training.files.OutputException before the first step: where nothing can be
   *     written into that folder
   */
  public TrainingReport run() {
    if (data == null) {
      throw new IllegalArgumentException(
          "no data to train on: call data(FashionMnist.load()) or the like before run()");
    }
    CheckpointPlan keeping =
        new CheckpointPlan(
            checkpoints, resume, overwrite, otherNetwork, kept, everySteps, metadata);
    return new TrainingLoop(
            new TrainingPlan(
                network,
                data,
                optimizer,
                schedule,
                augmentation,
                smoothing,
                epochs,
                seed,
                eager,
                listener,
                keeping))
        .run();
  }

  private static void requireAtLeastOne(int count, String what) {
    if (count < 1) {
      throw new IllegalArgumentException("%s, not %d".formatted(what, count));
    }
  }
}
