package dev.selkie.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole commands: exit codes, what is printed, and the keys of the JSON. */
class MainTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  /** Runs a command that must succeed, and reads its report. */
  private JsonNode report(String... arguments) throws IOException {
    Path json = folder.resolve("report.json");
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--json", json.toString()));
    assertEquals(0, run(all.toArray(String[]::new)), err.toString());
    return new ObjectMapper().readTree(json.toFile());
  }

  private static void requireKeys(JsonNode node, String... keys) {
    for (String key : keys) {
      assertTrue(node.has(key), key + " in " + node);
    }
  }

  private JsonNode train(String... more) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of("train", "Hand", "--device", "reference-float32", "--data", "shapes"));
    all.addAll(List.of("--batch", "20", "--train-images", "100", "--test-images", "30"));
    all.addAll(List.of(more));
    return report(all.toArray(String[]::new));
  }

  @Test
  void trainsAndEvaluatesAndPredicts() throws IOException {
    String weights = folder.resolve("weights.safetensors").toString();
    JsonNode trained = train("--epochs", "2", "--save", weights);
    requireKeys(trained, "network", "device", "data", "seed", "epochs", "testAccuracy", "seconds");
    assertEquals(2, trained.get("epochs").size());
    requireKeys(
        trained.get("epochs").get(1),
        "epoch",
        "loss",
        "testAccuracy",
        "imagesPerSecond",
        "seconds");
    assertTrue(out.toString().contains("images are 3x8x8, as the network's input"), out.toString());
    assertTrue(out.toString().contains("epoch 2/2  loss "), out.toString());
    JsonNode evaluated =
        report(
            "eval",
            "Hand",
            "--device",
            "reference-float32",
            "--data",
            "shapes",
            "--batch",
            "7",
            "--test-images",
            "30",
            "--load",
            weights);
    requireKeys(
        evaluated, "network", "device", "data", "seed", "epochs", "testAccuracy", "seconds");
    assertEquals(trained.get("testAccuracy").asDouble(), evaluated.get("testAccuracy").asDouble());
    predict(weights);
  }

  /** The reference leaves no step out and does not scale; other precisions say nothing of it. */
  @Test
  void skippedStepsAreToldInFloat16() throws IOException {
    JsonNode half = train("--epochs", "1", "--precision", "float16").get("epochs").get(0);
    assertEquals(0, half.get("skippedSteps").asLong(-1));
    assertEquals(1, half.get("lossScale").asDouble());
    assertTrue(out.toString().contains(" s  0 steps skipped, loss scale 1\n"), out.toString());
    out.getBuffer().setLength(0);
    JsonNode single = train("--epochs", "1").get("epochs").get(0);
    assertFalse(single.has("skippedSteps") || single.has("lossScale"), single.toString());
    assertFalse(out.toString().contains("skipped"), out.toString());
  }

  private void predict(String weights) throws IOException {
    Path picture = folder.resolve("picture.png");
    ImageIO.write(new BufferedImage(20, 16, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
    JsonNode predicted =
        report(
            "predict",
            "Hand",
            "--device",
            "reference",
            "--batch",
            "2",
            "--load",
            weights,
            picture.toString());
    JsonNode classes = predicted.get("predictions").get(0).get("classes");
    double sum = 0;
    for (JsonNode score : classes) {
      sum += score.get("probability").asDouble();
    }
    assertEquals(10, classes.size());
    assertEquals(1, sum, 1e-12);
  }

  @Test
  void sameSeedPrintsSameLosses() throws IOException {
    JsonNode first = train("--seed", "4").get("epochs").get(0).get("loss");
    assertEquals(first, train("--seed", "4").get("epochs").get(0).get("loss"));
    assertFalse(first.equals(train("--seed", "5").get("epochs").get(0).get("loss")));
  }

  @Test
  void summaryListsLayersAndCounts() throws IOException {
    JsonNode summary = report("summary", "dev.selkie.training.Hand", "--batch", "2");
    requireKeys(summary, "network", "bytesPerSample", "bytesFixed", "layers");
    assertEquals(322, summary.get("parameters").asLong());
    assertEquals(3536, summary.get("multiplyAdds").asLong());
    JsonNode stem = summary.get("layers").get(0);
    requireKeys(stem, "name", "op", "parameters", "multiplyAdds");
    assertEquals("[8,4,4]", stem.get("output").toString());
  }

  @Test
  void benchTimesStepsInTurnWithAPeer() throws IOException {
    JsonNode bench = bench("--against", "sleeper", "--plain", "dev.selkie.training.Hand");
    requireKeys(
        bench,
        "network",
        "device",
        "precision",
        "batch",
        "imagesPerSecond",
        "stepMillis",
        "peakBytes",
        "peers",
        "ratio",
        "floorShare");
    requireKeys(bench.get("stepMillis"), "p50", "p95");
    requireKeys(bench.get("peers").get(0), "name", "version", "imagesPerSecond");
    JsonNode quick = bench.get("peers").get(1);
    assertEquals(
        bench.get("imagesPerSecond").asDouble() / quick.get("imagesPerSecond").asDouble(),
        bench.get("ratio").asDouble(),
        1e-9);
    // 2880 bytes per sample and 4096 fixed, added up by hand from its layout.
    assertEquals(2 * 2880 + 4096, bench.get("peakBytes").asLong());
    assertEquals(1000, quick.get("peakBytes").asLong());
    assertEquals(2000, quick.get("reservedBytes").asLong());
    assertEquals("float32", bench.get("precision").asText());
    assertTrue(bench.get("floor").isNull());
    assertTrue(bench.get("floorNote").asText().contains("reference"));
  }

  /** Both halves of the sentence: what the plain network takes, and what that makes in percent. */
  @Test
  void benchSaysWhatTheNetworkTakesOverThePlainOne() throws IOException {
    JsonNode bench = bench("--against", "sleeper", "--plain", "Hand", "--steps-at-once", "2");
    JsonNode plain = bench.get("plain");
    assertEquals("dev.selkie.training.Hand", plain.get("network").asText());
    assertTrue(plain.get("steps").asInt() % 2 == 0);
    assertTrue(bench.get("overheadPercent").isNumber());
    JsonNode slow = bench.get("peers").get(0);
    double over =
        slow.get("plainImagesPerSecond").asDouble() / slow.get("imagesPerSecond").asDouble();
    assertEquals(100 * (over - 1), slow.get("overheadPercent").asDouble(), 1e-9);
    assertTrue(out.toString().contains("time over Hand ("), out.toString());
    assertTrue(out.toString().contains("the same of sleeper, slow ("), out.toString());
  }

  @Test
  void benchGoesOnWithoutWhoeverFails() throws IOException {
    JsonNode bench = bench("--against", "sleeper");
    assertEquals(2, bench.get("peers").size());
    JsonNode failures = bench.get("failures");
    assertEquals(3, failures.size());
    assertEquals("absent", failures.get(0).get("variant").asText());
    assertEquals("it has no bed", failures.get(0).get("reason").asText());
    assertEquals("it fell asleep", failures.get(1).get("reason").asText());
    assertEquals(
        "java.lang.IllegalStateException: no springs", failures.get(2).get("reason").asText());
    assertTrue(bench.get("imagesPerSecond").asDouble() > 0);
    assertTrue(
        out.toString().contains("left out: sleeper weary, Hand: it fell asleep"), out.toString());
    assertTrue(bench.get("plain").isNull());
  }

  /** A device that knows its ceilings: the floor of Hand's step by them, and the share of it. */
  @Test
  void benchSaysTheShareOfTheFloor() throws IOException {
    JsonNode bench =
        report(
            "bench",
            "Hand",
            "--device",
            "ceilings",
            "--batch",
            "2",
            "--rounds",
            "1",
            "--block-seconds",
            "0");
    JsonNode floor = bench.get("floor");
    assertEquals(1e9, floor.get("bytesPerSecond").asDouble());
    assertEquals(2e9, floor.get("operationsPerSecond").asDouble());
    // Forward and weights of the stem at 2 x 16 positions, three passes of the dense layer.
    assertEquals(2 * (2 * 216 * 32 + 3 * 80 * 2), floor.get("operations").asLong());
    assertEquals(
        bench.get("imagesPerSecond").asDouble() / floor.get("imagesPerSecond").asDouble(),
        bench.get("floorShare").asDouble(),
        1e-9);
    assertEquals(
        2e3 / floor.get("stepMillis").asDouble(), floor.get("imagesPerSecond").asDouble(), 1e-6);
    assertTrue(bench.get("floorNote").isNull());
    assertTrue(out.toString().contains("% of the floor: "), out.toString());
  }

  private JsonNode bench(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("bench", "Hand", "--device", "reference", "--batch", "2", "--rounds", "2"));
    arguments.addAll(List.of("--block-seconds", "0.01"));
    arguments.addAll(List.of(more));
    return report(arguments.toArray(String[]::new));
  }

  @Test
  void verifyDoctorListDataAndExportReport() throws IOException {
    JsonNode verified = report("verify", "--device", "reference-float32", "--network", "Hand");
    requireKeys(verified, "device", "passed", "failed", "skipped", "checks");
    assertEquals(0, verified.get("failed").asInt());
    requireKeys(verified.get("checks").get(0), "name", "status", "error", "allowed");
    JsonNode listed = report("list");
    assertEquals("Hand", listed.get("networks").get(0).get("simpleName").asText());
    JsonNode data = report("data", "shapes", "--sheet", folder.resolve("s.png").toString());
    assertEquals(10_000, data.get("train").asInt());
    assertTrue(Files.size(folder.resolve("s.png")) > 0);
    String file = folder.resolve("fresh.safetensors").toString();
    report("export", "Hand", "--device", "reference", "--batch", "1", "--save", file);
    assertTrue(Files.exists(Path.of(file)));
    run("doctor", "--json", folder.resolve("doctor.json").toString());
    JsonNode doctor = new ObjectMapper().readTree(folder.resolve("doctor.json").toFile());
    requireKeys(doctor, "ok", "findings");
    requireKeys(doctor.get("findings").get(0), "what", "wanted", "found", "ok", "fix");
  }

  @Test
  void mistakesInTheCallExitWithTwo() {
    assertEquals(2, run("frobnicate"));
    assertEquals(2, run("train", "Hand"));
    assertEquals(2, run("train", "Hand", "--data", "shapes", "--epochs", "0"));
    assertEquals(2, run("train", "Hand", "--data", "shapes", "--resume"));
    assertEquals(2, run("bench", "Hand", "--device", "reference", "--against", "nobody"));
    assertEquals(2, run("verify", "--precision", "int8"));
    assertTrue(
        err.toString().contains("there is no 'int8'; use one of [float32, "), err.toString());
    assertEquals(2, run("summary", "Hant"));
    assertTrue(err.toString().contains("no network 'Hant'; did you mean Hand?"), err.toString());
  }

  @Test
  void failuresExitWithOneAndOneSentence() throws IOException {
    Path json = folder.resolve("failure.json");
    assertEquals(
        1, run("train", "Hand", "--device", "cuda", "--data", "shapes", "--json", json.toString()));
    assertTrue(err.toString().startsWith("selkie train: no device 'cuda'"), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(new ObjectMapper().readTree(json.toFile()).get("error").asText().contains("cuda"));
    assertEquals(1, run("data", folder.resolve("absent").toString()));
  }

  @Test
  void quietPrintsNothing() throws IOException {
    report("summary", "Hand", "--quiet");
    assertEquals("", out.toString());
  }
}
