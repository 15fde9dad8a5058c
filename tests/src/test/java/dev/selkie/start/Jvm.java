package dev.selkie.start;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another process, and all that it said. */
record Jvm(Process process, Path output) {
  static Jvm start(Path folder, String... command) throws IOException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Jvm(process, output);
  }

  /** A main class of this class path, with that folder for native libraries. */
  static Jvm main(Path folder, Path cache, Class<?> main) throws IOException {
    return start(
        folder,
        java(),
        "-Xmx512m",
        "-Dorg.bytedeco.javacpp.cachedir=" + cache,
        "-cp",
        System.getProperty("java.class.path"),
        main.getName());
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** What it said, when it has ended. */
  String said() throws IOException, InterruptedException {
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it does not end");
    return Files.readString(output);
  }

  /** All end well. */
  static void allEnd(List<Jvm> all) throws IOException, InterruptedException {
    for (Jvm one : all) {
      String said = one.said();
      assertTrue(one.process.exitValue() == 0, said);
    }
  }

  static Stream<Path> files(Path folder) throws IOException {
    return Files.walk(folder).filter(Files::isRegularFile);
  }
}
