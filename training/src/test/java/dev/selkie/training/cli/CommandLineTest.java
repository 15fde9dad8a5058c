package dev.selkie.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands within the test's process. */
abstract class CommandLineTest {
  @TempDir Path folder;

  private final StringWriter out =
      new StringWriter() {
        @Override
        public void write(String text, int from, int length) {
          super.write(text, from, length);
          if (text.startsWith(awaited)) {
            then.run();
          }
        }
      };

  private String awaited = "nothing of the kind";
  private Runnable then = () -> {};
  private final StringWriter err = new StringWriter();

  /** Does something within the command, when it prints a line that starts so. */
  final void when(String line, Runnable action) {
    awaited = line;
    then = action;
  }

  final int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  /** A quick training of one epoch, with more options; its exit code. */
  final int train(String... more) {
    return run(
        Stream.concat(Stream.of(trainArguments("--epochs=1")), Stream.of(more))
            .toArray(String[]::new));
  }

  /** Without the number of epochs, which are 3 then. */
  static String[] trainArguments(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("train", "Hand", "--device", "reference-float32", "--data", "shapes"));
    all.addAll(List.of("--batch", "20", "--train-images", "60", "--test-images", "20"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  final String path(String name) {
    return folder.resolve(name).toString();
  }

  final JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }

  final String out() {
    return out.toString();
  }

  final String err() {
    return err.toString();
  }

  /** What was said of a failure, which is one line. */
  final String sentence() {
    assertEquals(1, err().lines().count(), err());
    return err().strip();
  }
}
