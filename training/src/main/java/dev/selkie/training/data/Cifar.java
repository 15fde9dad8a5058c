package dev.selkie.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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
    Path folder = new Fetcher(Cache.folder(), log).fetch(title, List.of(archive), SOURCES);
    return load(folder, folder.toString());
  }

  /**
   * From a folder with the binary files, or with the archive that holds them. The origin says where
   * an archive is not the published one, and where class names are missing and numbers stand for
   * them.
   *
   * @throws DataException where a file is absent, damaged or too large for the heap
   */
  public DataSet load(Path folder) {
    Path packed = RemoteFile.in(folder, archive.name());
    boolean comparable = packed != null && packed.toString().endsWith(".gz");
    String fault = comparable ? archive.fault(folder) : null;
    return load(
        folder,
        fault == null ? folder.toString() : "not the published archive: %s".formatted(fault));
  }

  private DataSet load(Path folder, String origin) {
    return Heap.guard("%s in %s".formatted(title, folder), () -> read(folder, origin));
  }

  private DataSet read(Path folder, String origin) {
    Path packed = RemoteFile.in(folder, archive.name());
    Map<String, byte[]> files = packed == null ? plainFiles(folder) : TarReader.read(packed);
    return DataSet.of(
        title,
        classNames(folder, files),
        CifarReader.read(training.stream().map(name -> file(folder, files, name)).toList(), labels),
        CifarReader.read(List.of(file(folder, files, test)), labels),
        Augmentation.CROP_AND_FLIP,
        files.containsKey(names)
            ? origin
            : "%s; without %s, so classes are called by their numbers".formatted(origin, names));
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

  /** One name per line; numbers where the file of names did not come with the images. */
  private List<String> classNames(Path folder, Map<String, byte[]> files) {
    byte[] text = files.get(names);
    if (text == null) {
      return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }
    List<String> found =
        new String(text, StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    if (found.size() != classes || found.stream().distinct().count() != classes) {
      throw new DataException(
          "%s has %d different class names in %d lines, but %s has %d classes; fetch it again, or remove it to call classes by their numbers"
              .formatted(
                  folder.resolve(names),
                  found.stream().distinct().count(),
                  found.size(),
                  title,
                  classes));
    }
    return found;
  }

  private static Map<String, byte[]> plainFiles(Path folder) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      paths
          .filter(Files::isRegularFile)
          .filter(path -> path.toString().endsWith(".bin") || path.toString().endsWith(".txt"))
          .forEach(path -> files.put(path.getFileName().toString(), bytes(path)));
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(folder, IoReason.of(e)), e);
    }
    return files;
  }

  private static byte[] bytes(Path file) {
    try (InputStream in = InputFile.open(file)) {
      byte[] bytes = Heap.bytes(file.toString(), InputFile.size(file));
      in.readNBytes(bytes, 0, bytes.length);
      return bytes;
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }
}
