package dev.selkie.training.bench.python;

import dev.selkie.training.bench.PeerException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Our Python files in a folder that only this user can write, and what a process says there. */
final class Scripts {
  private static final String MAIN = "pytorch_peer.py";
  private static final String ERRORS = "errors.txt";
  private static final List<String> FILES = List.of(MAIN, "networks.py");

  private final Path folder;

  private Scripts(Path folder) {
    this.folder = folder;
  }

  static Scripts unpack() {
    try {
      Scripts scripts = new Scripts(Files.createTempDirectory("selkie-peer"));
      for (String file : FILES) {
        try (InputStream source = Scripts.class.getResourceAsStream(file)) {
          Files.copy(source, scripts.folder.resolve(file));
        }
      }
      return scripts;
    } catch (IOException e) {
      throw new PeerException(
          "cannot unpack the benchmark's Python files into the temporary folder: " + e.getMessage(),
          e);
    }
  }

  Path main() {
    return folder.resolve(MAIN);
  }

  /** Where the process writes its standard error. */
  Path errors() {
    return folder.resolve(ERRORS);
  }

  /** The last line that is not blank, which is a traceback's message. */
  String lastError() {
    try {
      byte[] bytes = Files.exists(errors()) ? Files.readAllBytes(errors()) : new byte[0];
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .reduce("", (before, line) -> line.strip());
    } catch (IOException e) {
      return "";
    }
  }

  void remove() {
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      // A temporary folder that stays.
    }
  }
}
