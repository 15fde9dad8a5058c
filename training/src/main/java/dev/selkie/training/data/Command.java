package dev.selkie.training.data;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A program of the system, run to its end. */
final class Command {
  private Command() {}

  /** Whether there is such a program, on the path where it is a mere name. */
  static boolean exists(String program) {
    if (program.contains("/")) {
      return Files.isExecutable(Path.of(program));
    }
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(Pattern.quote(java.io.File.pathSeparator)))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /**
   * Runs a program in a folder.
   *
   * @throws IOException with what it printed last where it failed
   */
  static void run(Path folder, String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), Charset.defaultCharset()).strip();
      int status = process.waitFor();
      if (status != 0) {
        String last = output.substring(output.lastIndexOf('\n') + 1);
        throw new IOException("%s failed: %s".formatted(command[0], last));
      }
    } finally {
      process.destroy();
    }
  }
}
