package dev.selkie.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.TestData;
import dev.selkie.training.checkpoint.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Weights that are not quite the network's, in each command that takes some. */
class LoadCommandsTest extends CommandLineTest {
  @BeforeEach
  void save() throws IOException {
    assertEquals(0, train("--save", path("own")), err());
    try (TrainableNetwork network = TestData.network(1)) {
      Weights.save(network, folder.resolve("other"), 0, Map.of("network", "an.Other"));
    }
    byte[] bytes = Files.readAllBytes(folder.resolve("own"));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Files.write(
        folder.resolve("renamed"),
        text.replace("\"logits.bias\"", "\"logits.bios\"").getBytes(StandardCharsets.ISO_8859_1));
  }

  private int eval(String file, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("eval", "Hand", "--device", "reference-float32", "--data", "shapes"));
    all.addAll(List.of("--batch", "20", "--test-images", "20", "--load", path(file)));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  @Test
  void incompleteWeightsAreRefusedUnlessAskedFor() throws IOException {
    assertEquals(1, eval("renamed"));
    assertTrue(err().contains("missing: logits.bias (is it logits.bios?)"), err());
    assertTrue(err().contains("--partial"), err());
    assertEquals(0, eval("renamed", "--partial", "--json", path("r.json")), err());
    assertTrue(err().contains("6 of the network's 7 tensors were loaded"), err());
    assertTrue(err().contains("has no place for logits.bios"), err());
    assertEquals(2, json("r.json").get("notes").size());
  }

  @Test
  void trainingTakesWhatFitsAndSaysWhatDidNot() {
    assertEquals(0, train("--load", path("renamed")), err());
    assertTrue(out().contains("renamed: 6 of 7 tensors"), out());
    assertTrue(err().contains("not loaded: missing: logits.bias"), err());
    assertEquals(0, train("--load", path("other")), err());
    assertTrue(err().contains("holds weights of an.Other"), err());
  }

  @Test
  void anotherNetworksWeightsAreRefusedUnlessAskedFor() {
    assertEquals(1, eval("other"));
    assertTrue(sentence().contains("holds weights of an.Other, not of dev.selkie.training.Hand"));
    assertEquals(0, eval("other", "--other-network"), err());
    assertTrue(err().contains("holds weights of an.Other"), err());
    assertEquals(
        1,
        run("export", "Hand", "--device=reference", "--load", path("other"), "--save", path("x")));
    assertTrue(sentence().contains("--other-network"), err());
  }

  @Test
  void otherDataIsSaid() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("own"));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Files.write(
        folder.resolve("digits"),
        text.replace("\"data\":\"shapes\"", "\"data\":\"digits\"")
            .getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(0, eval("digits"), err());
    assertTrue(sentence().contains("trained on digits, not on shapes"), err());
    assertEquals(0, eval("own"), err());
    assertEquals("", err());
  }
}
