package dev.selkie.training.data;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The four files of MNIST and data sets like it: training images and labels, then test images and
 * labels.
 */
record IdxFiles(List<RemoteFile> files) {
  private static final List<String> NAMES =
      List.of(
          "train-images-idx3-ubyte",
          "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte",
          "t10k-labels-idx1-ubyte");

  /** Of 60,000 and 10,000 images of 28x28 and their labels, with headers. */
  private static final List<Long> SIZES =
      List.of(16 + 60_000 * 784L, 8 + 60_000L, 16 + 10_000 * 784L, 8 + 10_000L);

  /** With the sums of the contents, or of the gzipped files. */
  static IdxFiles of(boolean sumsOfContent, String... sums) {
    return new IdxFiles(
        IntStream.range(0, NAMES.size())
            .mapToObj(i -> new RemoteFile(NAMES.get(i), sums[i], sumsOfContent, SIZES.get(i)))
            .toList());
  }

  /** Whether the folder has files of these names, whatever they hold. */
  static boolean named(Path folder) {
    return NAMES.stream().allMatch(name -> RemoteFile.in(folder, name) != null);
  }

  /** Whether the folder's files are these. */
  boolean match(Path folder) {
    return files.stream().allMatch(file -> file.fault(folder) == null);
  }

  static LabeledImages train(Path folder) {
    return read(folder, NAMES.get(0), NAMES.get(1));
  }

  static LabeledImages test(Path folder) {
    return read(folder, NAMES.get(2), NAMES.get(3));
  }

  private static LabeledImages read(Path folder, String images, String labels) {
    return IdxReader.read(RemoteFile.in(folder, images), RemoteFile.in(folder, labels));
  }
}
