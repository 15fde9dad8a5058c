package dev.selkie.training;

import dev.selkie.training.checkpoint.Checkpoint;
import dev.selkie.training.checkpoint.CheckpointFolder;
import dev.selkie.training.checkpoint.Resumption;
import dev.selkie.training.checkpoint.RunHeader;
import dev.selkie.training.files.OutputException;
import dev.selkie.training.files.Rescue;
import dev.selkie.training.optimizer.OptimizerState;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The checkpoints of one run, or none where no folder was asked for. */
final class RunCheckpoints implements AutoCloseable {
  private final TrainingPlan plan;
  private final CheckpointPlan keeping;
  private final OptimizerState state;
  private final CheckpointFolder folder;
  private final Resumption start;
  private Optional<Checkpoint> last = Optional.empty();

  /** Takes the folder, and where the run resumes, reads what it goes on from. */
  RunCheckpoints(TrainingPlan plan, OptimizerState state) {
    this.plan = plan;
    this.keeping = plan.checkpoints();
    this.state = state;
    if (keeping.folder() == null) {
      folder = null;
      start = null;
      return;
    }
    folder = CheckpointFolder.open(keeping.folder());
    try {
      start = begin(plan.header());
      last = start.from();
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  private Resumption begin(RunHeader header) {
    return keeping.resume()
        ? Resumption.resume(
            folder,
            header,
            plan.network(),
            state.memory(),
            keeping.otherNetwork(),
            plan.listener()::note)
        : Resumption.fresh(folder, header, keeping.overwrite(), plan.listener()::note);
  }

  /** Where the run begins. */
  EpochProgress start() {
    return start == null
        ? EpochProgress.FIRST
        : start.from().map(c -> EpochProgress.of(c, start.metadata())).orElse(EpochProgress.FIRST);
  }

  /** Whether a checkpoint is due after so many steps of an epoch that has more. */
  boolean dueWithinEpoch(int stepsDone) {
    return folder != null && keeping.everySteps() > 0 && stepsDone % keeping.everySteps() == 0;
  }

  /**
   * Keeps where the run has come to.
   *
   * @throws TrainingException where that cannot be written; it is then elsewhere, if anywhere
   */
  void save(EpochProgress progress, long steps) {
    if (folder == null) {
      return;
    }
    Checkpoint checkpoint = progress.in(folder.path());
    Map<String, String> metadata = start.header().entries();
    metadata.putAll(progress.metadata());
    try {
      checkpoint.save(plan.network(), state.memory(), steps, metadata);
      last = Optional.of(checkpoint);
      folder.removeStepsBefore(checkpoint);
      folder.keepEpochs(keeping.kept());
    } catch (OutputException e) {
      Optional<Path> rescued =
          Rescue.into(
              elsewhere ->
                  progress.in(elsewhere).save(plan.network(), state.memory(), steps, metadata));
      throw new TrainingException(
          "%s; %s; %s".formatted(e.getMessage(), rescued(checkpoint, rescued), remaining()), e);
    }
  }

  private static String rescued(Checkpoint checkpoint, Optional<Path> folder) {
    return folder
        .map(
            path ->
                "%s is kept in %s instead, as safetensors (--checkpoint %s --resume goes on from it, --load takes its weights)"
                    .formatted(checkpoint, path, path))
        .orElseGet(() -> "%s could not be kept anywhere else".formatted(checkpoint));
  }

  /** What a run that ends here leaves to go on from. */
  String remaining() {
    if (folder == null) {
      return "no checkpoint was asked for (--checkpoint DIR keeps one after each epoch)";
    }
    return last.map(
            checkpoint ->
                "the last checkpoint is whole: %s (--resume goes on from it)"
                    .formatted(checkpoint.weights()))
        .orElse("there is no checkpoint to go on from yet");
  }

  @Override
  public void close() {
    if (folder != null) {
      folder.close();
    }
  }
}
