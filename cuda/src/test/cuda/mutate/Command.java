import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program under a time limit. */
record Command(int status, boolean timedOut, String output, double seconds) {

  static Command run(Path scratch, double limitSeconds, Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(scratch, "run", ".txt");
    long start = System.nanoTime();
    try {
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor((long) (limitSeconds * 1000), TimeUnit.MILLISECONDS);
      if (!ended) process.destroyForcibly().waitFor();
      double seconds = (System.nanoTime() - start) / 1e9;
      // A mutant may print bytes that are no text.
      String text = new String(Files.readAllBytes(output), java.nio.charset.StandardCharsets.ISO_8859_1);
      return new Command(process.exitValue(), !ended, text, seconds);
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
