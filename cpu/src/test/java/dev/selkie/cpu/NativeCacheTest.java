package dev.selkie.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why native libraries do not load names the folder, the reason and the way out. */
class NativeCacheTest {
  @TempDir Path folder;

  @Test
  void noFolder() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    says(file, "", "no folder", "-Dorg.bytedeco.javacpp.cachedir=");
  }

  @Test
  void mountedNoexec() {
    says(
        folder,
        "libdnnl.so.3: failed to map segment from shared object",
        "mounted noexec",
        "-Dorg.bytedeco.javacpp.cachedir=");
  }

  @Test
  void damaged() {
    says(folder, "libdnnl.so.3: file too short", "is damaged there", "delete that folder");
    says(folder, "libdnnl.so.3: invalid ELF header", "is damaged there", "delete that folder");
  }

  @Test
  void anythingElse() {
    says(folder, "no such symbol", "(no such symbol)", "delete that folder");
  }

  private static void says(Path where, String reasons, String... parts) {
    String said = NativeCache.explain(where, reasons);
    assertTrue(said.contains(where.toString()), said);
    for (String part : parts) {
      assertTrue(said.contains(part), said + " should say: " + part);
    }
  }
}
