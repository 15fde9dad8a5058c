package dev.selkie.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Processes of their own, that are told to stop. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class InterruptionTest extends CommandLineTest {
  private String[] arguments(int epochs) {
    return trainArguments(
        "--epochs=" + epochs, "--checkpoint=" + path("c"), "--schedule=constant", "--resume");
  }

  private Process start() throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()),
                Stream.concat(
                    Stream.of(arguments(1_000_000)), Stream.of("--json=" + path("r.json"))))
            .toList();
    return new ProcessBuilder(command)
        .redirectError(folder.resolve("err").toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .start();
  }

  private static void signal(Process process, String name) throws Exception {
    assertEquals(
        0, new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor(), name);
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
  }

  /** What a shell starts in the background ignores SIGINT (2), and so does what that starts. */
  private static boolean ignoresInterrupts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.split("\\s+")[1], 16) & 1 << (2 - 1)) != 0);
  }

  private void waitFor(String file, Process process) throws Exception {
    for (int i = 0; i < 1000 && !Files.exists(folder.resolve(file)); i++) {
      assertTrue(process.isAlive(), () -> read("err"));
      Thread.sleep(20);
    }
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aRunKeepsItsFolderAndSaysWhereItWasStopped() throws Exception {
    Process process = start();
    try {
      waitFor("c/epoch-2.safetensors", process);
      assertEquals(1, run(arguments(3)));
      assertTrue(
          sentence().contains("c is in use by process %d, which".formatted(process.pid())), err());
      signal(process, ignoresInterrupts() ? "TERM" : "INT");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(ignoresInterrupts() ? 143 : 130, process.exitValue());
    String last = read("err").lines().reduce((first, second) -> second).orElseThrow();
    assertTrue(
        last.matches(
            "selkie train: stopped in epoch \\d+, step \\d+; epoch \\d+ is in .*c, --resume goes on from it"),
        last);
    assertEquals(last.substring("selkie train: ".length()), json("r.json").get("stopped").asText());
    assertTrue(json("r.json").get("epochs").size() >= 2, read("r.json"));
    try (Stream<Path> files = Files.list(folder.resolve("c"))) {
      assertFalse(files.anyMatch(f -> f.toString().endsWith(".tmp")));
    }
    assertEquals(0, run(arguments(1)), err());
    assertTrue(err().contains("going on from epoch "), err());
  }

  @Test
  void aTermKeepsItsExitCode() throws Exception {
    Process process = start();
    try {
      waitFor("c/.lock", process);
      signal(process, "TERM");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(143, process.exitValue());
    assertTrue(read("err").contains("selkie train: stopped "), read("err"));
  }
}
