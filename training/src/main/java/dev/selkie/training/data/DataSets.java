package dev.selkie.training.data;

import dev.selkie.runtime.Shape;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
   * The data set of that name, fetched unless it is in the cache, or in that folder.
   *
   * @param input for drawn images: the size to draw
   * @param seed for drawn images
   * @param log receives a line for each thing that takes long
   * @throws DataException where there is none, or it cannot be fetched, read or held in memory
   */
  public static DataSet load(String nameOrFolder, Shape input, long seed, Consumer<String> log) {
    return Heap.guard(
        "data set '%s'".formatted(nameOrFolder), () -> named(nameOrFolder, input, seed, log));
  }

  private static DataSet named(String nameOrFolder, Shape input, long seed, Consumer<String> log) {
    return switch (nameOrFolder) {
      case "fashion-mnist" -> FashionMnist.load(log);
      case "mnist" -> Mnist.load(log);
      case "cifar-10" -> Cifar.CIFAR_10.load(log);
      case "cifar-100" -> Cifar.CIFAR_100.load(log);
      case "shapes" -> Shapes.draw(input, seed);
      default -> fromFolder(nameOrFolder);
    };
  }

  /**
   * The named data set from a folder of the user's.
   *
   * @throws DataException where it is not there, damaged, or too large for the heap
   */
  public static DataSet load(String name, Path folder) {
    requireFolder(folder, "there is no folder %s".formatted(folder));
    return Heap.guard("%s in %s".formatted(name, folder), () -> named(name, folder));
  }

  private static DataSet named(String name, Path folder) {
    return switch (name) {
      case "fashion-mnist" -> FashionMnist.load(folder);
      case "mnist" -> Mnist.load(folder);
      case "cifar-10" -> Cifar.CIFAR_10.load(folder);
      case "cifar-100" -> Cifar.CIFAR_100.load(folder);
      case "shapes" ->
          throw new DataException("'shapes' are drawn, not read from a folder; leave --folder out");
      default ->
          throw new DataException(
              "there is no data set '%s'; data sets are %s"
                  .formatted(name, String.join(", ", names())));
    };
  }

  private static DataSet fromFolder(String name) {
    Path folder = folder(name);
    return Stream.concat(Stream.of(folder), SUBFOLDERS.stream().map(folder::resolve))
        .flatMap(candidate -> recognised(candidate).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    "%s holds no data set that Selkie reads: neither the four IDX files of MNIST or Fashion-MNIST, nor the binary files or the archive of CIFAR-10 or CIFAR-100"
                        .formatted(folder)));
  }

  private static Path folder(String name) {
    String message =
        "there is no data set and no folder '%s'; data sets are %s"
            .formatted(name, String.join(", ", names()));
    try {
      // Java would take an empty name for the working folder.
      Path folder = name.isBlank() ? null : Path.of(name);
      requireFolder(folder, message);
      return folder;
    } catch (InvalidPathException e) {
      throw new DataException(message, e);
    }
  }

  private static Optional<DataSet> recognised(Path folder) {
    if (IdxFiles.named(folder)) {
      boolean fashion = FashionMnist.FILES.match(folder);
      return Optional.of(fashion ? FashionMnist.load(folder) : Mnist.load(folder));
    }
    return Stream.of(Cifar.values())
        .filter(cifar -> cifar.in(folder))
        .findFirst()
        .map(cifar -> cifar.load(folder));
  }

  private static void requireFolder(Path folder, String message) {
    if (folder == null) {
      throw new DataException(message);
    }
    if (Files.isRegularFile(folder)) {
      throw new DataException("%s is a file; name the folder that it is in".formatted(folder));
    }
    if (!Files.isDirectory(folder)) {
      throw new DataException(message);
    }
    if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
      throw new DataException("the folder %s may not be read: permission denied".formatted(folder));
    }
  }
}
