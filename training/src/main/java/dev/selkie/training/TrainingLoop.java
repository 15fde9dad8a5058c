package dev.selkie.training;

import dev.selkie.runtime.SelkieException;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.optimizer.OptimizerState;
import java.util.ArrayList;
import java.util.List;

/** A run, from where it begins to its last epoch. */
final class TrainingLoop {
  private final TrainingPlan plan;
  private final TrainableNetwork network;
  private final TrainingListener listener;

  TrainingLoop(TrainingPlan plan) {
    this.plan = plan;
    this.network = plan.network();
    this.listener = plan.listener();
  }

  TrainingReport run() {
    long start = System.nanoTime();
    plan.requireFit();
    try {
      OptimizerState state = plan.optimizer().bind(network);
      TrainingStep step = new TrainingStep(plan, state);
      Evaluator evaluator = new Evaluator(network, plan.data().test(), plan.data().normalization());
      try (RunCheckpoints checkpoints = new RunCheckpoints(plan, state)) {
        return run(start, step, evaluator, checkpoints);
      }
    } catch (OutOfMemoryError e) {
      throw new TrainingException(HeapAdvice.of(e), e);
    }
  }

  private TrainingReport run(
      long start, TrainingStep step, Evaluator evaluator, RunCheckpoints checkpoints) {
    List<EpochReport> reports = new ArrayList<>();
    EpochProgress progress = checkpoints.start();
    if (progress.step() >= step.stepsPerEpoch()) {
      throw new TrainingException(
          "the checkpoint is at step %d of its epoch, but an epoch has %d steps now; resume with the data and the batch that it had"
              .formatted(progress.step(), step.stepsPerEpoch()));
    }
    if (progress.epoch() >= plan.epochs()) {
      listener.note("nothing is left to train: %d epochs are done".formatted(progress.epoch()));
    }
    while (progress.epoch() < plan.epochs()) {
      EpochReport report = guarded(progress, step, evaluator, checkpoints);
      reports.add(report);
      listener.epochDone(report);
      progress = EpochProgress.done(report.epoch());
    }
    double accuracy =
        reports.isEmpty() ? evaluator.accuracy() : reports.get(reports.size() - 1).testAccuracy();
    return new TrainingReport(reports, accuracy, seconds(start));
  }

  /** An epoch and its checkpoint; whatever goes wrong, what is left is said. */
  private EpochReport guarded(
      EpochProgress from, TrainingStep step, Evaluator evaluator, RunCheckpoints checkpoints) {
    int epoch = from.epoch() + 1;
    try {
      EpochReport report = epoch(from, step, evaluator, checkpoints);
      checkpoints.save(EpochProgress.done(epoch), (long) epoch * step.stepsPerEpoch());
      return report;
    } catch (TrainingException e) {
      throw e.getCause() == null
          ? new TrainingException("%s; %s".formatted(e.getMessage(), checkpoints.remaining()), e)
          : e;
    } catch (SelkieException e) {
      throw failed(epoch, e.getMessage(), checkpoints, e);
    } catch (OutOfMemoryError e) {
      throw failed(epoch, HeapAdvice.of(e), checkpoints, e);
    } catch (RuntimeException | Error e) {
      listener.note("epoch %d: %s".formatted(epoch, checkpoints.remaining()));
      throw e;
    }
  }

  private static TrainingException failed(
      int epoch, String message, RunCheckpoints checkpoints, Throwable cause) {
    return new TrainingException(
        "epoch %d: %s; %s".formatted(epoch, message, checkpoints.remaining()), cause);
  }

  private EpochReport epoch(
      EpochProgress from, TrainingStep step, Evaluator evaluator, RunCheckpoints checkpoints) {
    int epoch = from.epoch() + 1;
    int steps = step.stepsPerEpoch();
    listener.epochStarted(epoch, plan.epochs(), steps);
    long start = System.nanoTime();
    long before = network.backend().skippedUpdates() - from.skipped();
    step.shuffle(epoch);
    double sum = from.lossSum();
    for (int i = from.step(); i < steps; i++) {
      long count = (long) (epoch - 1) * steps + i + 1;
      double loss = step.run(i, count, plan.rate(epoch, i, steps));
      if (!Double.isFinite(loss)) {
        throw diverged(loss, epoch, i + 1, step.dropoutSeed(count));
      }
      sum += loss;
      listener.stepDone(i + 1, network.batch(), loss);
      if (i + 1 < steps && checkpoints.dueWithinEpoch(i + 1)) {
        long skipped = network.backend().skippedUpdates() - before;
        checkpoints.save(new EpochProgress(epoch - 1, i + 1, sum, skipped), count);
      }
    }
    double imagesPerSecond = (double) (steps - from.step()) * network.batch() / seconds(start);
    LossScaling scaling = LossScaling.since(before, network.backend());
    double accuracy = evaluator.accuracy();
    return new EpochReport(epoch, sum / steps, accuracy, imagesPerSecond, seconds(start), scaling);
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

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
