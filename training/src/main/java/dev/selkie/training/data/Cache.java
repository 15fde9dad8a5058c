package dev.selkie.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder where fetched data sets are kept: {@code $SELKIE_CACHE}, else {@code
 * $XDG_CACHE_HOME/selkie}, else {@code ~/.cache/selkie}.
 */
public final class Cache {
  private static final String TEMPORARY = "fetch-";

  /** A fetch that was killed leaves its folder; no fetch takes that long. */
  private static final Duration ABANDONED = Duration.ofDays(1);

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
    try {
      Files.createDirectories(cache);
      removeAbandoned(cache);
      return Files.createTempDirectory(cache, TEMPORARY);
    } catch (IOException e) {
      throw new IOException(
          "cannot write to the cache %s: %s; SELKIE_CACHE names another folder"
              .formatted(cache, IoReason.of(e)),
          e);
    }
  }

  private static void removeAbandoned(Path cache) throws IOException {
    Instant limit = Instant.now().minus(ABANDONED);
    try (Stream<Path> entries = Files.list(cache)) {
      for (Path entry : entries.filter(Cache::isTemporary).toList()) {
        if (Files.getLastModifiedTime(entry).toInstant().isBefore(limit)) {
          remove(entry);
        }
      }
    }
  }

  private static boolean isTemporary(Path entry) {
    return entry.getFileName().toString().startsWith(TEMPORARY);
  }

  /** The folder and all in it; what another process removes meanwhile is as well removed. */
  static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
  }
}
