package dev.selkie.training.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * CIFAR-10 and CIFAR-100: 50,000 training and 10,000 test images, 3x32x32 (Krizhevsky, 2009), in
 * their binary version.
 */
public enum Cifar {
  CIFAR_10(
      "cifar-10",
      RemoteFile.gzipped(
          "cifar-10-binary.tar",
          "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin"),
      "test_batch.bin",
      "batches.meta.txt",
      1,
      10),
  CIFAR_100(
      "cifar-100",
      RemoteFile.gzipped(
          "cifar-100-binary.tar",
          "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"),
      List.of("train.bin"),
      "test.bin",
      "fine_label_names.txt",
      2,
      100);

  private static final List<Source> SOURCES =
      List.of(new WebSource("https://www.cs.toronto.edu/~kriz/"));

  private final String title;
  private final RemoteFile archive;
  private final List<String> training;
  private final String test;
  private final String names;
  private final int labels;
  private final int classes;

  Cifar(
      String title,
      RemoteFile archive,
      List<String> training,
      String test,
      String names,
      int labels,
      int classes) {
    this.title = title;
    this.archive = archive;
    this.training = training;
    this.test = test;
    this.names = names;
    this.labels = labels;
    this.classes = classes;
  }

  /** From the cache, else from the official address. */
  public DataSet load() {
    return load(line -> {});
  }

  DataSet load(Consumer<String> log) {
    return load(new Fetcher(Cache.folder(), log).fetch(title, List.of(archive), SOURCES));
  }

  /** From a folder with the binary files, or with the archive that holds them. */
  public DataSet load(Path folder) {
    Path packed = RemoteFile.in(folder, archive.name());
    Map<String, byte[]> files =
        packed == null
            ? plainFiles(folder)
            : TarReader.read(packed.toString(), WholeFile.content(packed));
    return DataSet.of(
        title,
        classNames(files),
        CifarReader.read(training.stream().map(name -> file(folder, files, name)).toList(), labels),
        CifarReader.read(List.of(file(folder, files, test)), labels),
        Augmentation.CROP_AND_FLIP,
        folder.toString());
  }

  /** Whether the folder has these files or their archive. */
  boolean in(Path folder) {
    return RemoteFile.in(folder, archive.name()) != null
        || Files.isRegularFile(folder.resolve(test))
            && Files.isRegularFile(folder.resolve(training.get(0)));
  }

  private static CifarReader.Content file(Path folder, Map<String, byte[]> files, String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new DataException("%s lacks %s of the binary version".formatted(folder, name));
    }
    return new CifarReader.Content(folder.resolve(name).toString(), bytes);
  }

  /** One name per line, where the file of names came with the images. */
  private List<String> classNames(Map<String, byte[]> files) {
    String text = new String(files.getOrDefault(names, new byte[0]), StandardCharsets.US_ASCII);
    List<String> found = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return found.size() == classes
        ? found
        : Stream.iterate(0, i -> i + 1).limit(classes).map(i -> Integer.toString(i)).toList();
  }

  private static Map<String, byte[]> plainFiles(Path folder) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      paths
          .filter(Files::isRegularFile)
          .filter(path -> path.toString().endsWith(".bin") || path.toString().endsWith(".txt"))
          .forEach(path -> files.put(path.getFileName().toString(), WholeFile.bytes(path)));
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(folder, e.getMessage()), e);
    }
    return files;
  }
}
