package dev.selkie.training.cli;

import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.Evaluator;
import dev.selkie.training.checkpoint.CheckpointException;
import dev.selkie.training.checkpoint.ModelCard;
import dev.selkie.training.data.ImageFiles;
import dev.selkie.training.data.LabeledImages;
import dev.selkie.training.data.Pictures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "predict", description = "Say what image files show, with probabilities.")
final class PredictCommand extends NetworkCommand {
  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Image files: PNG, JPEG, GIF, BMP, TIFF.")
  private List<Path> files;

  @Option(
      names = "--load",
      required = true,
      paramLabel = "FILE",
      description = "The weights, as train --save wrote them.")
  private Path load;

  @Option(names = "--top", paramLabel = "N", description = "Classes shown for each image.")
  private int top = 3;

  @Mixin private LoadOptions loadOptions;

  private record Score(String name, double probability) {}

  private record Prediction(String file, List<Score> classes) {}

  private record Report(String network, String device, String data, List<Prediction> predictions) {}

  @Override
  void requireSense() {
    super.requireSense();
    require(top >= 1, "--top", "at least 1", top);
  }

  @Override
  Outcome execute() {
    Pictures.require();
    NetworkFactory factory = factory();
    try (TrainableNetwork network = open(factory)) {
      ModelCard card =
          ModelCard.of(loadOptions.load(network, load, seed(), this::warn).metadata(), network);
      LabeledImages images = ImageFiles.read(files, card.channels(), card.height(), card.width());
      List<Prediction> predictions = new ArrayList<>();
      new Evaluator(network, images, card.normalization())
          .forEach(
              (image, logits, offset) ->
                  predictions.add(
                      new Prediction(
                          files.get(image).toString(), scores(card.classes(), logits, offset))));
      predictions.forEach(this::print);
      return Outcome.of(
          new Report(factory.name(), network.backend().device(), card.data(), predictions));
    }
  }

  private void print(Prediction prediction) {
    print(prediction.file());
    prediction.classes().stream()
        .limit(top)
        .forEach(score -> print("  %.4f  %s".formatted(score.probability(), score.name())));
  }

  /** Weights may be finite and still carry every sum out of float32's range. */
  private static void requireFinite(float[] logits, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      if (!Float.isFinite(logits[i])) {
        throw new CheckpointException(
            "the network's outputs are not finite (%s for class %d): its weights are damaged, or have diverged"
                .formatted(logits[i], i - offset));
      }
    }
  }

  /** The softmax over the classes that were trained, the likeliest first. */
  private static List<Score> scores(List<String> classes, float[] logits, int offset) {
    requireFinite(logits, offset, classes.size());
    double highest =
        IntStream.range(0, classes.size()).mapToDouble(i -> logits[offset + i]).max().orElseThrow();
    double[] exponentials =
        IntStream.range(0, classes.size())
            .mapToDouble(i -> Math.exp(logits[offset + i] - highest))
            .toArray();
    double sum = IntStream.range(0, exponentials.length).mapToDouble(i -> exponentials[i]).sum();
    return IntStream.range(0, classes.size())
        .mapToObj(i -> new Score(classes.get(i), exponentials[i] / sum))
        .sorted(Comparator.comparingDouble(Score::probability).reversed())
        .toList();
  }
}
