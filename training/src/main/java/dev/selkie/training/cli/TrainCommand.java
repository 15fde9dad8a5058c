package dev.selkie.training.cli;

import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.EpochReport;
import dev.selkie.training.Trainer;
import dev.selkie.training.TrainingException;
import dev.selkie.training.TrainingReport;
import dev.selkie.training.checkpoint.Allow;
import dev.selkie.training.checkpoint.LoadedWeights;
import dev.selkie.training.checkpoint.Weights;
import dev.selkie.training.data.Augmentation;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.data.ImageAdapter;
import dev.selkie.training.files.OutputException;
import dev.selkie.training.report.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "train", description = "Train a network, and test it after each epoch.")
final class TrainCommand extends NetworkCommand {
  @Mixin private DataOptions dataOptions;

  @Mixin private RecipeOptions recipe;

  @Mixin private CheckpointOptions checkpoints;

  @Option(names = "--epochs", paramLabel = "N", description = "Times through the training images.")
  private int epochs = 3;

  @Option(
      names = "--load",
      paramLabel = "FILE",
      description = "Start from these weights, as far as they fit; the rest is as --seed gives.")
  private Path load;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Write the weights there at the end.")
  private Path save;

  private final List<String> notes = new CopyOnWriteArrayList<>();
  private volatile Watch watch;
  private volatile TrainReport begun;

  @Override
  List<Target> targets() {
    return List.of(
        Target.file("--save", save), Target.folder("--checkpoint", checkpoints.folder()));
  }

  @Override
  Outcome execute() {
    NetworkFactory factory = factory();
    try (TrainableNetwork network = open(factory)) {
      DataSet data = dataOptions.load(network.input().shape(), seed(), this::print);
      String input = ImageAdapter.fit(data.train(), network.input().shape()).sentence();
      print(input);
      start(network);
      Augmentation augmentation = recipe.augmentation(data);
      print(recipe.describe(augmentation));
      begun =
          new TrainReport(
              factory.name(),
              network.backend().device(),
              data.name(),
              seed(),
              network.batch(),
              input,
              recipe.describe(augmentation),
              List.of(),
              null,
              0,
              List.of());
      return train(network, data, augmentation);
    }
  }

  @Override
  void requireSense() {
    super.requireSense();
    require(epochs >= 1, "--epochs", "at least 1", epochs);
    recipe.requireSense(this);
    checkpoints.requireSense(this);
  }

  private void start(TrainableNetwork network) {
    network.initialize(seed());
    if (load != null) {
      LoadedWeights loaded = Weights.load(network, load, Allow.PARTIAL, Allow.OTHER_NETWORK);
      print("weights from %s: %d of %d tensors".formatted(load, loaded.taken(), loaded.tensors()));
      loaded.sentences().forEach(this::note);
    }
  }

  private Outcome train(TrainableNetwork network, DataSet data, Augmentation augmentation) {
    SavedWeights weights = new SavedWeights(save, network, data);
    try (Progress progress = new Progress(this::print, !quiet() && Terminal.present())) {
      watch = new Watch(progress, this::note);
      Trainer trainer =
          Trainer.of(network)
              .data(data)
              .optimizer(recipe.optimizer())
              .schedule(recipe.schedule())
              .augmentation(augmentation)
              .labelSmoothing(recipe.smoothing())
              .epochs(epochs)
              .seed(seed())
              .eager(eager())
              .listener(watch);
      TrainingReport report = checkpoints.apply(trainer).run();
      String failure = weights.write(epochs, this::print);
      print(
          "test accuracy %.4f after %d epochs in %.1f s"
              .formatted(report.testAccuracy(), epochs, report.seconds()));
      TrainReport done =
          begun.with(report.epochs(), report.testAccuracy(), report.seconds(), notes);
      return failure == null ? Outcome.of(done) : Outcome.failed(done, failure);
    } catch (TrainingException e) {
      if (!(e.getCause() instanceof OutputException)) {
        throw e;
      }
      // The weights are sound; only their place was not.
      String failure = weights.write(watch.epoch(), this::note);
      String error = failure == null ? e.getMessage() : "%s; %s".formatted(e.getMessage(), failure);
      return Outcome.failed(unfinished(), error);
    }
  }

  private void note(String sentence) {
    notes.add(sentence);
    warn(sentence);
  }

  @Override
  TrainReport unfinished() {
    Watch seen = watch;
    TrainReport report = begun;
    if (seen == null || report == null) {
      return report;
    }
    List<EpochReport> done = seen.reports();
    return report.with(
        done,
        done.isEmpty() ? null : done.get(done.size() - 1).testAccuracy(),
        done.stream().mapToDouble(EpochReport::seconds).sum(),
        notes);
  }

  @Override
  String stopped() {
    Watch seen = watch;
    return seen == null
        ? "stopped before the first step"
        : "stopped %s; %s".formatted(seen.place(), checkpoints.remaining());
  }
}
