package dev.selkie.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder where fetched data sets are kept: {@code $SELKIE_CACHE}, else {@code
 * $XDG_CACHE_HOME/selkie}, else {@code ~/.cache/selkie}.
 */
public final class Cache {
  private Cache() {}

  public static Path folder() {
    return folder(System.getenv(), System.getProperty("user.home"));
  }

  static Path folder(Map<String, String> environment, String home) {
    String own = environment.getOrDefault("SELKIE_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    return shared.isEmpty() ? Path.of(home, ".cache", "selkie") : Path.of(shared, "selkie");
  }

  /** A new private folder within the cache; the caller removes it. */
  static Path temporary(Path cache) throws IOException {
    Files.createDirectories(cache);
    return Files.createTempDirectory(cache, "fetch-");
  }

  static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
