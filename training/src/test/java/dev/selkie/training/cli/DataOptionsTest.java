package dev.selkie.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Shape;
import dev.selkie.training.data.DataSet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Which data, and how much of it: mistakes are one sentence, told before anything is done. */
class DataOptionsTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private int train(String... options) {
    String[] start = {"train", "Hand", "--device", "reference-float32", "--epochs", "1"};
    String[] all = Arrays.copyOf(start, start.length + options.length);
    System.arraycopy(options, 0, all, start.length, options.length);
    return run(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "0", "-2147483648", "few", "99999999999"})
  void countsOfImagesArePositive(String count) {
    for (String option : new String[] {"--train-images", "--test-images"}) {
      assertEquals(2, train("--data", "shapes", option, count));
      assertTrue(err.toString().contains(option), err.toString());
      assertEquals("", out.toString());
    }
  }

  /** A command that loads data and does nothing with it. */
  @CommandLine.Command
  static final class Loading {
    @CommandLine.Mixin private DataOptions options;
  }

  @Test
  void moreImagesThanThereAreIsSaid() {
    Loading loading = new Loading();
    new CommandLine(loading)
        .parseArgs("--data", "shapes", "--train-images", "64", "--test-images", "3000");
    List<String> lines = new ArrayList<>();
    DataSet data = loading.options.load(new Shape(1, 8, 8, 1), 1, lines::add);
    assertEquals(64, data.train().count());
    assertEquals(2000, data.test().count());
    assertTrue(lines.contains("there are only 2,000 test images, not 3,000"), lines.toString());
    assertTrue(
        lines.contains("using the first 64 training and 2,000 test images"), lines.toString());
  }

  @Test
  void whatIsNoDataIsOneSentence() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "text");
    refused("no data set and no folder ''", "");
    refused("no data set and no folder 'nothing'", "nothing");
    refused(folder + " holds no data set", folder.toString());
    refused(file + " is a file", file.toString());
    refused("'shapes' are drawn", "shapes", "--folder", folder.toString());
    refused("no data set 'nothing'", "nothing", "--folder", folder.toString());
    refused("there is no folder", "mnist", "--folder", folder.resolve("absent").toString());
    refused("lacks some of", "mnist", "--folder", folder.toString());
    refused("lacks data_batch_1.bin", "cifar-10", "--folder", folder.toString());
    refused("has no train-images", "fashion-mnist", "--folder", folder.toString());
    refused("is a folder", "shapes", "--sheet", folder.toString());
  }

  private void refused(String words, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "data";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    err.getBuffer().setLength(0);
    assertEquals(1, run(all), err.toString());
    assertTrue(err.toString().contains(words), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
  }
}
