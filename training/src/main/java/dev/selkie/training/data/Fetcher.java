package dev.selkie.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        failures.add("%s: %s".formatted(source.name(), e.getMessage()));
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
  static void requireIntact(Path folder, List<RemoteFile> files) {
    List<String> faults =
        files.stream().map(file -> file.fault(folder)).filter(fault -> fault != null).toList();
    if (!faults.isEmpty()) {
      throw new DataException(
          "%s; remove %s and try again".formatted(String.join("; ", faults), folder));
    }
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
      Files.move(complete, target, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      log.accept("kept in %s".formatted(target));
    } finally {
      Cache.remove(temporary);
    }
  }
}
