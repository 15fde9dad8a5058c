package dev.selkie.training.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir Path folder;

  private static void write(Path file, String text) {
    OutputFile.write(
        file, out -> out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::getFileName).sorted().toList();
    }
  }

  private static String refused(Path file) {
    return assertThrows(OutputException.class, () -> OutputFile.probe(file)).getMessage();
  }

  @Test
  void aFileIsReplacedOrStaysAsItWas() throws IOException {
    Path file = folder.resolve("a");
    write(file, "one");
    write(file, "two");
    assertEquals("two", Files.readString(file));
    OutputException e =
        assertThrows(
            OutputException.class,
            () ->
                OutputFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw new IOException("No space left on device");
                    }));
    assertEquals("cannot write %s: No space left on device".formatted(file), e.getMessage());
    assertEquals("two", Files.readString(file));
    assertEquals(List.of(Path.of("a")), left());
  }

  /** As any program's new file: others may read weights that were saved for them. */
  @Test
  void theModeIsThatOfTheUmask() throws IOException {
    Path plain = Files.createFile(folder.resolve("plain"));
    write(folder.resolve("a"), "one");
    assertEquals(
        Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(folder.resolve("a")));
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    write(link, "new");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
  }

  /**
   * What is no regular file, such as a device. A pipe of the test's own: a device is not risked.
   */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aPipeIsWrittenToAndNotReplaced() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    OutputFile.probe(pipe);
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(pipe);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    write(pipe, "text");
    assertFalse(Files.isRegularFile(pipe), "a pipe is no place for a file");
    assertEquals("text", read.get(10, TimeUnit.SECONDS));
  }

  @Test
  void aProbeLeavesNothingAndTouchesNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    OutputFile.probe(file);
    OutputFile.probe(folder.resolve("deep/er/b"));
    OutputFile.probeFolder(folder.resolve("c"));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(Path.of("a"), Path.of("c"), Path.of("deep")), left());
    assertFalse(Files.exists(folder.resolve("deep/er/b")));
  }

  @Test
  void whatCannotBeWrittenIsRefusedWithItsReason() throws IOException {
    Path plain = Files.createFile(folder.resolve("plain"));
    assertEquals(
        "cannot write %s: it is a folder; name a file within it".formatted(folder),
        refused(folder));
    Path below = plain.resolve("a");
    assertEquals(
        "cannot write %s: %s is there already, and is not a folder".formatted(below, plain),
        refused(below));
    assertEquals(
        "cannot write into %s: it is not a folder; name another".formatted(plain),
        assertThrows(OutputException.class, () -> OutputFile.probeFolder(plain)).getMessage());
    Path deeper = plain.resolve("a/b/c");
    assertTrue(refused(deeper).matches("cannot write .*: .*([Nn]ot a (directory|folder)).*"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whereTheSystemMakesNoFolderThatIsSaid() {
    Path nowhere = Path.of("/proc/x/y");
    assertEquals("cannot write /proc/x/y: its folder cannot be made, or is gone", refused(nowhere));
    assertEquals(
        "cannot make the folder /proc/x/y; name another",
        assertThrows(OutputException.class, () -> OutputFile.probeFolder(nowhere)).getMessage());
  }

  @Test
  void whatCannotBeWrittenHereIsKeptElsewhere() throws IOException {
    Path plain = Files.createFile(folder.resolve("plain"));
    Path other = folder.resolve("other");
    Path kept =
        Rescue.into(List.of(plain, other), to -> write(to.resolve("w"), "weights")).orElseThrow();
    assertEquals(other, kept.getParent());
    assertEquals("weights", Files.readString(kept.resolve("w")));
    assertTrue(
        Rescue.into(
                List.of(folder),
                to -> {
                  write(to.resolve("first"), "half");
                  throw new OutputException("full");
                })
            .isEmpty());
    assertEquals(List.of(Path.of("other"), Path.of("plain")), left());
  }
}
