package dev.selkie.training.cli;

import dev.selkie.runtime.Shape;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.data.DataSets;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

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

  @Option(
      names = "--train-images",
      paramLabel = "N",
      description = "Use at most so many training images.")
  private Integer trainImages;

  @Option(
      names = "--test-images",
      paramLabel = "N",
      description = "Use at most so many test images.")
  private Integer testImages;

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
    return trainImages == null && testImages == null
        ? data
        : data.first(
            trainImages == null ? data.train().count() : trainImages,
            testImages == null ? data.test().count() : testImages);
  }
}
