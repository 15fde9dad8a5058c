package dev.selkie.training.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Fashion-MNIST: 60,000 training and 10,000 test images, 28x28 grey, ten kinds of clothing (Xiao,
 * Rasul and Vollgraf, 2017).
 */
public final class FashionMnist {
  static final List<String> CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  static final IdxFiles FILES =
      IdxFiles.of(
          true,
          "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
          "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
          "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
          "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

  private static final List<Source> SOURCES =
      List.of(
          new DebianSource("dataset-fashion-mnist"),
          new WebSource("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"));

  private FashionMnist() {}

  /** From the cache, else from Debian's package, else from the official address. */
  public static DataSet load() {
    return load(line -> {});
  }

  static DataSet load(Consumer<String> log) {
    Path folder = new Fetcher(Cache.folder(), log).fetch("fashion-mnist", FILES.files(), SOURCES);
    return read(folder);
  }

  /**
   * From the four files in a folder, gzipped or not, checked by their SHA-256.
   *
   * @throws DataException where a file is absent, or not the published one
   */
  public static DataSet load(Path folder) {
    String faults = Fetcher.faults(folder, FILES.files());
    if (!faults.isEmpty()) {
      throw new DataException(
          "%s; fetch the published files again, or read other images of this kind with --data mnist --folder %s"
              .formatted(faults, folder));
    }
    return read(folder);
  }

  private static DataSet read(Path folder) {
    return DataSet.of(
        "fashion-mnist",
        CLASSES,
        IdxFiles.train(folder),
        IdxFiles.test(folder),
        Augmentation.CROP_AND_FLIP,
        folder.toString());
  }
}
