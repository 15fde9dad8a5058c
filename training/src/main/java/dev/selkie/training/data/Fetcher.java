package dev.selkie.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Brings a data set's files into the cache from the first source that has them, checked by their
 * sums; the cache sees all files at once or none.
 */
final class Fetcher {
  private final Path cache;
  private final Consumer<String> log;

  Fetcher(Path cache, Consumer<String> log) {
    this.cache = cache;
    this.log = log;
  }

  /** The folder with the files. */
  Path fetch(String name, List<RemoteFile> files, List<Source> sources) {
    Path target = cache.resolve(name);
    if (Files.isDirectory(target)) {
      requireIntact(target, files);
      return target;
    }
    List<String> failures = new ArrayList<>();
    for (Source source : sources) {
      try {
        fetch(source, files, target);
        return target;
      } catch (IOException e) {
        failures.add("%s: %s".formatted(source.name(), IoReason.of(e)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DataException("fetching %s was interrupted".formatted(name), e);
      }
    }
    throw new DataException(
        "%s could not be fetched:%n  %s%nput its files (%s, gzipped or not) into a folder and name it with --folder DIR"
            .formatted(
                name,
                String.join("%n  ".formatted(), failures),
                String.join(", ", files.stream().map(RemoteFile::name).toList())));
  }

  /** Every file is there with the right sum. */
  private static void requireIntact(Path folder, List<RemoteFile> files) {
    String faults = faults(folder, files);
    if (!faults.isEmpty()) {
      throw new DataException("%s; remove %s and try again".formatted(faults, folder));
    }
  }

  /** What is wrong with the files in the folder; empty where nothing is. */
  static String faults(Path folder, List<RemoteFile> files) {
    return String.join(
        "; ", files.stream().map(file -> file.fault(folder)).filter(Objects::nonNull).toList());
  }

  private void fetch(Source source, List<RemoteFile> files, Path target)
      throws IOException, InterruptedException {
    log.accept("fetching %s from %s".formatted(target.getFileName(), source.name()));
    Path temporary = Cache.temporary(cache);
    try {
      source.fetch(files, temporary);
      Path complete = Files.createDirectory(temporary.resolve("complete"));
      for (RemoteFile file : files) {
        String fault = file.fault(temporary);
        if (fault != null) {
          throw new IOException(fault);
        }
        Path found = RemoteFile.in(temporary, file.name());
        Files.move(found, complete.resolve(found.getFileName()));
      }
      keep(complete, target, files);
    } finally {
      Cache.remove(temporary);
    }
  }

  /** All at once; where another process was faster, its files serve as well. */
  private void keep(Path complete, Path target, List<RemoteFile> files) throws IOException {
    try {
      Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
      requireIntact(target, files);
    }
    log.accept("kept in %s".formatted(target));
  }
}
