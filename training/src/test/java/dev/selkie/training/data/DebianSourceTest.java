package dev.selkie.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With scripts in place of apt-get and dpkg-deb. */
@EnabledOnOs(OS.LINUX)
class DebianSourceTest {
  private static final List<RemoteFile> FILES = List.of(RemoteFile.content("file", "", 0));

  /** Puts file.gz where a package would. */
  private static final String UNPACK =
      "mkdir -p $3/usr/share/datasets && cp $2 $3/usr/share/datasets/file.gz";

  @TempDir Path folder;
  @TempDir Path programs;

  private DebianSource source(String aptGet) throws IOException {
    return new DebianSource("dataset-some", script("apt-get", aptGet), script("dpkg-deb", UNPACK));
  }

  private String script(String name, String body) throws IOException {
    Path script = programs.resolve(name);
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script.toString();
  }

  @Test
  void unpacksWhatAptDownloads() throws Exception {
    source("test \"$*\" = 'download dataset-some' && echo content > some_1_all.deb")
        .fetch(FILES, folder);
    assertArrayEquals(
        "content\n".getBytes(StandardCharsets.US_ASCII),
        Files.readAllBytes(folder.resolve("file.gz")));
  }

  @Test
  void bringsListsOfItsOwnWhereAptsAreEmpty() throws Exception {
    String aptGet =
        """
        echo "$@" >> %s/log
        case "$*" in
          download*) echo 'E: Unable to locate package' >&2; exit 100;;
          *Dir::State::lists=%s/apt/lists*update) touch ready;;
          *Dir::State::lists=*download*) test -e ready && echo content > some_1_all.deb;;
        esac
        """
            .formatted(programs, folder);
    source(aptGet).fetch(FILES, folder);
    assertTrue(Files.exists(folder.resolve("file.gz")));
    assertEquals(3, Files.readAllLines(programs.resolve("log")).size());
  }

  @Test
  void saysWhyNeitherWorked() throws IOException {
    DebianSource broken = source("echo \"E: no $1\" >&2; exit 100");
    IOException e = assertThrows(IOException.class, () -> broken.fetch(FILES, folder));
    assertTrue(e.getMessage().contains("E: no download"), e.getMessage());
    assertTrue(e.getMessage().contains("try: apt-get update"), e.getMessage());
  }

  @Test
  void elsewhereItSaysThatThereIsNoApt() {
    DebianSource absent = new DebianSource("dataset-some", "/no/apt-get", "/no/dpkg-deb");
    IOException e = assertThrows(IOException.class, () -> absent.fetch(FILES, folder));
    assertEquals("there is no apt-get here", e.getMessage());
  }
}
