package dev.selkie.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Numbers outside of what an option allows: exit code 2, the option, the range, the number. */
class UsageTest extends CommandLineTest {
  private void refused(String option, String value, String[] arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = option + "=" + value;
    assertEquals(2, run(all), option + " " + value + err());
    assertTrue(err().contains(option + " is "), err());
    assertTrue(err().contains(", not "), err());
    assertFalse(err().contains("\tat "), err());
  }

  private void refusedInTraining(String option, String... values) {
    for (String value : values) {
      refused(option, value, trainArguments());
    }
  }

  @Test
  void aRecipesNumbersHaveRanges() {
    refusedInTraining("--lr", "0", "-1", "NaN", "Infinity", "1e-60", "1e300");
    refusedInTraining("--momentum", "1", "2", "-0.1", "NaN");
    refusedInTraining("--weight-decay", "-1", "NaN", "1e300");
    refusedInTraining("--step-epochs", "0", "-3", "NaN");
    refusedInTraining("--step-factor", "0", "-1", "NaN");
    refusedInTraining("--warm-up", "-1", "NaN", "Infinity");
    refusedInTraining("--smoothing", "1", "-0.1", "NaN", "0.9999999999");
    refusedInTraining("--crop", "-1", "2000000000");
    refusedInTraining("--checkpoint-every", "0", "-1");
    refusedInTraining("--keep", "0", "-1");
  }

  @Test
  void countsHaveRanges() {
    String[] predict = {"predict", "Hand", "a.png", "--load", "w"};
    refused("--top", "0", predict);
    String[] bench = {"bench", "Hand", "--device", "reference"};
    for (String option : new String[] {"--rounds", "--steps-at-once", "--batch"}) {
      refused(option, "0", bench);
    }
    refused("--block-seconds", "-1", bench);
    refused("--block-seconds", "NaN", bench);
    refused("--losses", "-1", bench);
    refused("--batch", "0", new String[] {"summary", "Hand"});
    for (String command : new String[] {"train", "eval"}) {
      refused("--batch", "-1", new String[] {command, "Hand", "--data", "shapes", "--load", "w"});
    }
    assertEquals(2, run("train", "Hand", "--data", "shapes", "--epochs", "-2"));
  }

  @Test
  void optionsThatNeedAnotherSaySo() {
    for (String option : new String[] {"--resume", "--overwrite", "--keep=3"}) {
      assertEquals(2, train(option));
      assertTrue(err().contains("needs --checkpoint DIR"), err());
    }
    assertEquals(2, train("--checkpoint", path("c"), "--resume", "--overwrite"));
  }

  @Test
  void misuseIsInTheJsonToo() throws IOException {
    assertEquals(2, train("--lr", "-1", "--json", path("a.json")));
    assertTrue(json("a.json").get("error").asText().startsWith("--lr is above 0"));
    assertEquals(2, train("--lr", "much", "--json=" + path("b.json")));
    assertTrue(json("b.json").get("error").asText().contains("'much'"));
    Files.createFile(folder.resolve("plain"));
    assertEquals(2, train("--lr", "-1", "--json", path("plain/c.json")));
    assertTrue(err().contains("cannot write"), err());
  }
}
