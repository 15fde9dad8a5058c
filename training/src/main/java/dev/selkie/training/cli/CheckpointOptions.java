package dev.selkie.training.cli;

import dev.selkie.training.Trainer;
import dev.selkie.training.checkpoint.Checkpoint;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What training keeps on its way, and what it goes on from. */
final class CheckpointOptions {
  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "Keep weights and optimiser there after each epoch.")
  private Path folder;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "STEPS",
      description =
          "Keep them within an epoch as well, after each so many steps; the last one only.")
  private Integer everySteps;

  @Option(
      names = "--keep",
      paramLabel = "N",
      description = "Epochs whose checkpoints are kept, the newest; all, unless given.")
  private Integer kept;

  @Option(
      names = "--resume",
      description = "Go on from the newest checkpoint, and say which it is.")
  private boolean resume;

  @Option(
      names = "--overwrite",
      description = "Remove what an earlier run has left in the folder of checkpoints.")
  private boolean overwrite;

  @Option(
      names = "--other-network",
      description = "Go on from a checkpoint of another network whose names and shapes fit.")
  private boolean otherNetwork;

  /** Null where none was asked for. */
  Path folder() {
    return folder;
  }

  void requireSense(ReportingCommand command) {
    command.require(
        everySteps == null || everySteps >= 1, "--checkpoint-every", "at least 1", everySteps);
    command.require(kept == null || kept >= 1, "--keep", "at least 1", kept);
    if (resume && overwrite) {
      throw command.usage("--resume goes on from what --overwrite removes; give one of them");
    }
    needFolder(command, resume, "--resume needs --checkpoint DIR to go on from");
    needFolder(command, overwrite, "--overwrite needs --checkpoint DIR");
    needFolder(command, everySteps != null, "--checkpoint-every needs --checkpoint DIR");
    needFolder(command, kept != null, "--keep needs --checkpoint DIR");
  }

  private void needFolder(ReportingCommand command, boolean asked, String sentence) {
    if (asked && folder == null) {
      throw command.usage(sentence);
    }
  }

  Trainer apply(Trainer trainer) {
    if (kept != null) {
      trainer.keep(kept);
    }
    return trainer
        .checkpoints(folder)
        .checkpointEvery(everySteps == null ? 0 : everySteps)
        .resume(resume)
        .overwrite(overwrite)
        .otherNetwork(otherNetwork);
  }

  /** What a run that is stopped leaves. */
  String remaining() {
    if (folder == null) {
      return "no checkpoint was asked for (--checkpoint DIR keeps one after each epoch)";
    }
    return Checkpoint.latest(folder)
        .map(c -> "%s is in %s, --resume goes on from it".formatted(c, folder))
        .orElseGet(() -> "%s has no checkpoint yet".formatted(folder));
  }
}
