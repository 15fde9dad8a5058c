package dev.selkie.training.data;

import dev.selkie.runtime.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Data sets as the command line names them: by a name, or by a folder that holds one. */
public final class DataSets {
  private static final List<String> SUBFOLDERS =
      List.of("cifar-10-batches-bin", "cifar-100-binary");

  private DataSets() {}

  /** The names, in the order they are shown. */
  public static List<String> names() {
    return List.of("fashion-mnist", "mnist", "cifar-10", "cifar-100", "shapes");
  }

  /**
   * The data set of that name, fetched where it must be, or in that folder.
   *
   * @param input for drawn images: the size to draw
   * @param seed for drawn images
   * @param log receives a line for each thing that takes long
   */
  public static DataSet load(String nameOrFolder, Shape input, long seed, Consumer<String> log) {
    return switch (nameOrFolder) {
      case "fashion-mnist" -> FashionMnist.load(log);
      case "mnist" -> Mnist.load(log);
      case "cifar-10" -> Cifar.CIFAR_10.load(log);
      case "cifar-100" -> Cifar.CIFAR_100.load(log);
      case "shapes" -> Shapes.draw(input, seed);
      default -> fromFolder(nameOrFolder);
    };
  }

  /** The named data set from a folder of the user's. */
  public static DataSet load(String name, Path folder) {
    requireFolder(folder, "no folder %s".formatted(folder));
    return switch (name) {
      case "fashion-mnist" -> FashionMnist.load(folder);
      case "mnist" -> Mnist.load(folder);
      case "cifar-10" -> Cifar.CIFAR_10.load(folder);
      case "cifar-100" -> Cifar.CIFAR_100.load(folder);
      default ->
          throw new DataException(
              "'%s' does not come from a folder; leave --folder out".formatted(name));
    };
  }

  private static DataSet fromFolder(String name) {
    Path folder = Path.of(name);
    requireFolder(
        folder,
        "no data set and no folder '%s'; data sets are %s"
            .formatted(name, String.join(", ", names())));
    return Stream.concat(Stream.of(folder), SUBFOLDERS.stream().map(folder::resolve))
        .flatMap(candidate -> recognised(candidate).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    "%s holds no data set: wanted are the four IDX files of (Fashion-)MNIST, or the binary files or archive of CIFAR-10 or CIFAR-100"
                        .formatted(folder)));
  }

  private static java.util.Optional<DataSet> recognised(Path folder) {
    if (IdxFiles.named(folder)) {
      boolean fashion = FashionMnist.FILES.match(folder);
      return java.util.Optional.of(fashion ? FashionMnist.load(folder) : Mnist.load(folder));
    }
    return Stream.of(Cifar.values())
        .filter(cifar -> cifar.in(folder))
        .findFirst()
        .map(cifar -> cifar.load(folder));
  }

  private static void requireFolder(Path folder, String message) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(message);
    }
  }
}
