package dev.selkie.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is packed comes out as it was, once, and whole or not at all. */
class StartTest {
  @TempDir Path folder;

  private final byte[] code = new byte[300_000];
  private Path lib;

  @BeforeEach
  void pack() throws IOException {
    new Random(1).nextBytes(code);
    Path files = Files.createDirectory(folder.resolve("files"));
    lib = Files.createDirectory(folder.resolve("lib"));
    Payload.pack(
        List.of(
            Files.write(files.resolve("code.jar"), code),
            Files.write(files.resolve("empty.jar"), new byte[0]),
            Files.writeString(files.resolve("text.jar"), "text")),
        lib.resolve("selkie.xz"));
    Files.writeString(lib.resolve("selkie.id"), "0123\n");
  }

  @Test
  void filesComeOutAsTheyWere() throws IOException {
    Path unpacked = Start.unpacked(lib);
    assertArrayEquals(code, Files.readAllBytes(unpacked.resolve("code.jar")));
    assertEquals(0, Files.size(unpacked.resolve("empty.jar")));
    assertEquals("text", Files.readString(unpacked.resolve("text.jar")));
  }

  @Test
  void theSecondRunUnpacksNothing() throws IOException {
    Path unpacked = Start.unpacked(lib);
    Files.delete(lib.resolve("selkie.xz"));
    assertEquals(unpacked, Start.unpacked(lib));
  }

  @Test
  void anotherVersionHasAnotherFolder() throws IOException {
    Path first = Start.unpacked(lib);
    Files.writeString(lib.resolve("selkie.id"), "4567");
    assertEquals(first.resolveSibling("selkie-4567"), Start.unpacked(lib));
  }

  @Test
  void aBrokenPayloadLeavesNothing() throws IOException {
    byte[] whole = Files.readAllBytes(lib.resolve("selkie.xz"));
    Files.write(lib.resolve("selkie.xz"), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThrows(IOException.class, () -> Start.unpacked(lib));
    try (Stream<Path> left = Files.list(lib)) {
      assertEquals(2, left.count());
    }
  }
}
