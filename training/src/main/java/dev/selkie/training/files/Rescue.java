package dev.selkie.training.files;

import dev.selkie.training.data.Cache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A place for what cost hours and cannot be written where it should go. */
public final class Rescue {
  private Rescue() {}

  /**
   * Has files written into a new folder: of temporary files, of the cache, or of the user's home.
   *
   * @param writer given the folder; an {@link OutputException} sends it to the next one
   * @return the folder that took them all; empty where none did
   */
  public static Optional<Path> into(Consumer<Path> writer) {
    return into(
        List.of(
            Path.of(System.getProperty("java.io.tmpdir")),
            Cache.folder(),
            Path.of(System.getProperty("user.home"))),
        writer);
  }

  static Optional<Path> into(List<Path> candidates, Consumer<Path> writer) {
    for (Path candidate : candidates) {
      Path folder = null;
      try {
        Files.createDirectories(candidate);
        folder = Files.createTempDirectory(candidate, "selkie-rescued-");
        writer.accept(folder);
        return Optional.of(folder);
      } catch (IOException | OutputException e) {
        remove(folder);
      }
    }
    return Optional.empty();
  }

  private static void remove(Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      // What is left is small: the disk that it lies on is the one that is full.
      return;
    }
  }
}
