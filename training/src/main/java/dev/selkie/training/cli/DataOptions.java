package dev.selkie.training.cli;

import dev.selkie.runtime.Shape;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.data.DataSets;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which data set, and how much of it. */
final class DataOptions {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "NAME|DIR",
      description = "fashion-mnist, mnist, cifar-10, cifar-100, shapes, or a folder with files.")
  private String name;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Read the named data set from this folder; nothing is fetched.")
  private Path folder;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private Integer trainImages;
  private Integer testImages;

  @Option(
      names = "--train-images",
      paramLabel = "N",
      description = "Use only the first N training images.")
  void trainImages(int count) {
    trainImages = positive("--train-images", count);
  }

  @Option(
      names = "--test-images",
      paramLabel = "N",
      description = "Use only the first N test images.")
  void testImages(int count) {
    testImages = positive("--test-images", count);
  }

  private int positive(String option, int count) {
    if (count < 1) {
      throw new ParameterException(
          command.commandLine(), "%s is at least 1, not %d".formatted(option, count));
    }
    return count;
  }

  DataSet load(Shape input, long seed, Consumer<String> log) {
    DataSet data =
        folder == null ? DataSets.load(name, input, seed, log) : DataSets.load(name, folder);
    log.accept(
        "%s: %,d training and %,d test images in %d classes (%s)"
            .formatted(
                data.name(),
                data.train().count(),
                data.test().count(),
                data.classes().size(),
                data.origin()));
    if (trainImages == null && testImages == null) {
      return data;
    }
    int train = limit("training", trainImages, data.train().count(), log);
    int test = limit("test", testImages, data.test().count(), log);
    log.accept("using the first %,d training and %,d test images".formatted(train, test));
    return data.first(train, test);
  }

  /** As many as were asked for, or all where there are fewer, which is said. */
  private static int limit(String part, Integer wanted, int present, Consumer<String> log) {
    if (wanted != null && wanted > present) {
      log.accept("there are only %,d %s images, not %,d".formatted(present, part, wanted));
    }
    return wanted == null ? present : Math.min(wanted, present);
  }
}
