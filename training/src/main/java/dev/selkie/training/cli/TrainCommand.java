package dev.selkie.training.cli;

import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.Trainer;
import dev.selkie.training.TrainingReport;
import dev.selkie.training.checkpoint.Weights;
import dev.selkie.training.data.Augmentation;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.data.ImageAdapter;
import dev.selkie.training.report.Progress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "train", description = "Train a network, and test it after each epoch.")
final class TrainCommand extends NetworkCommand {
  @Mixin private DataOptions dataOptions;

  @Mixin private RecipeOptions recipe;

  @Option(names = "--epochs", paramLabel = "N", description = "Times through the training images.")
  private int epochs = 3;

  @Option(names = "--load", paramLabel = "FILE", description = "Start from these weights.")
  private Path load;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Write the weights there at the end.")
  private Path save;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "Keep weights and optimiser there after each epoch.")
  private Path checkpoint;

  @Option(names = "--resume", description = "Go on from the last checkpoint.")
  private boolean resume;

  @Override
  Outcome execute() {
    requireSense();
    NetworkFactory factory = factory();
    try (TrainableNetwork network = open(factory)) {
      DataSet data = dataOptions.load(network.input().shape(), seed(), this::print);
      String input = ImageAdapter.fit(data.train(), network.input().shape()).sentence();
      print(input);
      start(network);
      Augmentation augmentation = recipe.augmentation(data);
      String described = recipe.describe(augmentation);
      print(described);
      Map<String, String> card = ModelCard.of(factory.name(), data).metadata();
      TrainingReport report = train(network, data, augmentation, card);
      finish(network, data, report, card);
      return Outcome.of(
          new TrainReport(
              factory.name(),
              network.backend().device(),
              data.name(),
              seed(),
              network.batch(),
              input,
              described,
              report.epochs(),
              report.testAccuracy(),
              report.seconds()));
    }
  }

  private void requireSense() {
    if (epochs < 1) {
      throw usage("--epochs is at least 1, not " + epochs);
    }
    if (resume && checkpoint == null) {
      throw usage("--resume needs --checkpoint DIR to go on from");
    }
  }

  private void start(TrainableNetwork network) {
    if (load == null) {
      network.initialize(seed());
    } else {
      Weights.load(network, load);
      print("weights from %s".formatted(load));
    }
  }

  private TrainingReport train(
      TrainableNetwork network, DataSet data, Augmentation augmentation, Map<String, String> card) {
    try (Progress progress = new Progress(this::print, !quiet() && Terminal.present())) {
      return Trainer.of(network)
          .data(data)
          .optimizer(recipe.optimizer())
          .schedule(recipe.schedule())
          .augmentation(augmentation)
          .labelSmoothing(recipe.smoothing())
          .epochs(epochs)
          .seed(seed())
          .checkpoints(checkpoint)
          .resume(resume)
          .eager(eager())
          .metadata(card)
          .listener(progress)
          .run();
    }
  }

  private void finish(
      TrainableNetwork network, DataSet data, TrainingReport report, Map<String, String> card) {
    if (save != null) {
      Map<String, String> metadata = new LinkedHashMap<>(card);
      metadata.put("epoch", Integer.toString(epochs));
      Weights.save(network, save, steps(network, data), metadata);
      print("weights in %s".formatted(save));
    }
    print(
        "test accuracy %.4f after %d epochs in %.1f s"
            .formatted(report.testAccuracy(), epochs, report.seconds()));
  }

  private long steps(TrainableNetwork network, DataSet data) {
    return (long) epochs * (data.train().count() / network.batch());
  }
}
