package dev.selkie.training.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** MNIST: handwritten digits, 28x28 grey (LeCun, Cortes and Burges), and folders like it. */
public final class Mnist {
  private static final List<String> DIGITS =
      IntStream.range(0, 10).mapToObj(Integer::toString).toList();

  private static final IdxFiles FILES =
      IdxFiles.of(
          false,
          "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
          "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
          "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
          "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");

  /** Mirrors that frameworks use; the first address is no longer open to all. */
  private static final List<Source> SOURCES =
      List.of(
          new WebSource("https://ossci-datasets.s3.amazonaws.com/mnist/"),
          new WebSource("https://storage.googleapis.com/cvdf-datasets/mnist/"));

  private Mnist() {}

  /** From the cache, else from a mirror. */
  public static DataSet load() {
    return load(line -> {});
  }

  static DataSet load(Consumer<String> log) {
    return load(new Fetcher(Cache.folder(), log).fetch("mnist", FILES.files(), SOURCES));
  }

  /**
   * From four IDX files in a folder, gzipped or not, whatever they show. Classes are named by their
   * numbers.
   *
   * @throws DataException where a file is absent, damaged or too large for the heap
   */
  public static DataSet load(Path folder) {
    if (!IdxFiles.named(folder)) {
      throw new DataException(
          "%s lacks some of train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte; put all four there, gzipped (.gz) or not"
              .formatted(folder));
    }
    return DataSet.of(
        "mnist",
        DIGITS,
        IdxFiles.train(folder),
        IdxFiles.test(folder),
        Augmentation.CROP,
        folder.toString());
  }
}
