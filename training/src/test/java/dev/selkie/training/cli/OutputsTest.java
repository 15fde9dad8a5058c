package dev.selkie.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.training.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a command writes is tried before it begins; what cannot be written then is kept. */
class OutputsTest extends CommandLineTest {
  private static final String[] EXPORT = {"export", "Hand", "--device", "reference"};

  private static String[] with(String[] arguments, String... more) {
    return Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private void refused(String option, String[] arguments) {
    assertEquals(1, run(arguments), option);
    assertTrue(sentence().contains(option + ": cannot write"), err());
    assertFalse(out().contains("Hand on"), "refused before anything is opened: " + out());
  }

  @Test
  void everyTargetIsTriedBeforeTheFirstStep() throws IOException {
    Files.createFile(folder.resolve("plain"));
    String bad = path("plain/file");
    refused("--save", trainArguments("--save", bad));
    refused("--save", trainArguments("--save", folder.toString()));
    refused("--json", trainArguments("--json", bad));
    refused("--checkpoint", trainArguments("--checkpoint", path("plain")));
    refused("--save", with(EXPORT, "--save", bad));
    refused("--json", with(EXPORT, "--save", path("w"), "--json", bad));
    refused("--sheet", new String[] {"data", "shapes", "--sheet", bad});
    refused("--into", new String[] {"results", folder.toString(), "--into", bad});
    refused("--json", new String[] {"list", "--json", bad});
  }

  @Test
  void aTargetThatIsRefusedIsInTheJson() throws IOException {
    Files.createFile(folder.resolve("plain"));
    assertEquals(1, train("--save", path("plain/w"), "--json", path("r.json")));
    assertTrue(json("r.json").get("error").asText().contains("--save: cannot write"));
  }

  @Test
  void twoOptionsDoNotWriteOneFile() {
    assertEquals(2, train("--save", path("same"), "--json", path("x/../same")));
    assertTrue(err().contains("--save and --json both name"), err());
  }

  @Test
  void aFolderThatIsMissingIsMade() {
    assertEquals(0, train("--save", path("a/b/w"), "--json", path("c/d/r")), err());
    assertTrue(Files.exists(folder.resolve("a/b/w")) && Files.exists(folder.resolve("c/d/r")));
  }

  /** What was writable at first is so no more: its folder has become a file. */
  private void spoil(Path target) {
    try {
      TestFiles.remove(target);
      Files.createFile(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void weightsThatCannotBeSavedAreKeptElsewhereAndTheReportIsWritten() throws IOException {
    when("epoch 1/1", () -> spoil(folder.resolve("d")));
    assertEquals(1, train("--save", path("d/w"), "--json", path("r.json")));
    assertTrue(sentence().startsWith("selkie train: cannot write " + path("d/w") + ": "), err());
    Path kept = Path.of(err().replaceAll("(?s).* are in (\\S+) instead.*", "$1"));
    assertEquals(1, json("r.json").get("epochs").size());
    assertTrue(json("r.json").get("error").asText().contains("cannot write"));
    assertEquals(0, run(with(EXPORT, "--load", kept.toString(), "--save", path("again"))), err());
    TestFiles.remove(kept.getParent());
  }

  @Test
  void aReportThatCannotBeWrittenIsKeptElsewhere() throws IOException {
    when("network", () -> spoil(folder.resolve("d")));
    assertEquals(1, run("list", "--json", path("d/r.json")));
    assertTrue(sentence().contains("cannot write " + path("d/r.json") + ": "), err());
    Path kept = Path.of(err().strip().replaceAll("(?s).*the report is in ", ""));
    assertTrue(Files.readString(kept).contains("networks"));
    TestFiles.remove(kept.getParent());
  }
}
