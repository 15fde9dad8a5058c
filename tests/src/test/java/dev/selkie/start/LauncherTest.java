package dev.selkie.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When {@code ./selkie} builds, in a copy of its folders, by a Maven that only counts. */
class LauncherTest {
  private static final List<String> MODULES =
      List.of("runtime", "processor", "cpu", "cuda", "training", "generated-samples");

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void copy() throws IOException {
    folder = Files.createDirectory(temporary.resolve("with space"));
    Files.copy(Path.of("..", "selkie"), folder.resolve("selkie"));
    Files.createFile(folder.resolve("pom.xml"));
    for (String module : MODULES) {
      Path root = folder.resolve(module);
      Files.createDirectories(root.resolve("src/main"));
      Files.createDirectories(root.resolve("target"));
      Files.createFile(root.resolve("pom.xml"));
      Files.createFile(root.resolve("src/main/A.java"));
      Files.createFile(root.resolve("target/a.jar"));
    }
    Path maven = Files.createDirectory(folder.resolve("bin")).resolve("mvn");
    Files.writeString(
        maven,
        """
        #!/bin/sh
        echo built >> builds
        printf /nowhere.jar > generated-samples/target/classpath.txt
        """);
    assertTrue(maven.toFile().setExecutable(true));
    assertTrue(folder.resolve("selkie").toFile().setExecutable(true));
  }

  @Test
  void buildsOnceForEachChangeWhateverTheClockSays() throws Exception {
    Path source = folder.resolve("cpu/src/main/A.java");
    run();
    run();
    assertEquals(1, builds());
    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2037-01-01T00:00:00Z")));
    run();
    run();
    assertEquals(2, builds(), "a time in the future");
    Files.writeString(source, "edited");
    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
    run();
    run();
    assertEquals(3, builds(), "edited while the clock was back");
    Files.delete(source);
    run();
    run();
    assertEquals(4, builds(), "a source that is gone");
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    Jvm first = start(null);
    Jvm second = start(null);
    first.said();
    second.said();
    assertEquals(1, builds());
  }

  @Test
  void aJavaThatWillNotDoIsNamed() throws Exception {
    Jvm none = start("/nowhere");
    assertTrue(none.said().contains("no Java in JAVA_HOME=/nowhere"), none.said());
    assertNotEquals(0, none.process().exitValue());
    Path old = Files.createDirectories(temporary.resolve("old/bin")).resolve("java");
    Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"1.8.0_362\"' >&2\n");
    assertTrue(old.toFile().setExecutable(true));
    Jvm eight = start(temporary.resolve("old").toString());
    assertTrue(eight.said().contains("is Java 1.8.0_362"), eight.said());
    assertEquals(0, builds());
  }

  private void run() throws Exception {
    start(System.getProperty("java.home") + "/").said();
  }

  private Jvm start(String home) throws IOException {
    String java = home == null ? System.getProperty("java.home") : home;
    return Jvm.start(
        temporary,
        "/usr/bin/env",
        "JAVA_HOME=" + java,
        "PATH=" + folder.resolve("bin") + ":" + System.getenv("PATH"),
        folder.resolve("selkie").toString(),
        "list");
  }

  private long builds() throws IOException {
    Path counted = folder.resolve("builds");
    return Files.exists(counted) ? Files.readAllLines(counted).size() : 0;
  }
}
