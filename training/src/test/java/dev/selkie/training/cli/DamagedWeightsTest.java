package dev.selkie.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.TestData;
import dev.selkie.training.checkpoint.CheckpointException;
import dev.selkie.training.checkpoint.ModelCard;
import dev.selkie.training.checkpoint.Weights;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is done to a file of weights, predict reads it or refuses it in one sentence. */
class DamagedWeightsTest extends CommandLineTest {
  /** Numbers and words that a card may be made to hold. */
  private static final List<String> WORDS =
      List.of(
          "99999999",
          "65536",
          "-1",
          "0",
          "NaN",
          "1e400",
          "",
          " ",
          "\\n",
          "\\u0000",
          "3 3",
          "F16",
          "F64",
          "I64",
          "[",
          "null",
          "{}",
          "4294967296",
          "9223372036854775807",
          "\"");

  private byte[] good;

  @BeforeEach
  void save() throws IOException {
    assertEquals(0, train("--save", path("good")), err());
    good = Files.readAllBytes(folder.resolve("good"));
  }

  private Path damaged(Random random) throws IOException {
    byte[] bytes = random.nextInt(4) > 0 ? changedText(good, random) : changed(good, random);
    return Files.write(folder.resolve("bad"), bytes);
  }

  @Test
  void whatIsDamagedIsReadOrRefused() throws IOException {
    Random random = new Random(7);
    int refused = 0;
    try (TrainableNetwork network = TestData.network(1)) {
      for (int round = 0; round < 3000; round++) {
        try {
          Path bad = damaged(random);
          ModelCard.of(Weights.load(network, bad).metadata(), network);
        } catch (CheckpointException e) {
          refused++;
          assertFalse(e.getMessage().endsWith(": null"), "round " + round + e.getMessage());
        }
      }
    }
    assertTrue(refused > 1000 && refused < 2900, "" + refused);
  }

  @Test
  void predictSaysItInSentences() throws IOException {
    Path picture = folder.resolve("p.png");
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
    Random random = new Random(8);
    for (int round = 0; round < 15; round++) {
      String bad = damaged(random).toString();
      int code =
          run(
              "predict",
              "Hand",
              picture.toString(),
              "--batch",
              "1",
              "--device",
              "reference-float32",
              "--load",
              bad);
      String said = "round " + round + ": " + err();
      assertFalse(err().contains("bug") || err().contains("\tat "), said);
      assertFalse(out().contains("NaN"), said);
      assertEquals(code == 1, err().contains("selkie predict: "), said);
      assertTrue(code == 0 || code == 1, said);
    }
  }

  /** Some bytes anywhere, or an end that comes early. */
  private static byte[] changed(byte[] good, Random random) {
    byte[] bad = good.clone();
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(3) == 0 ? java.util.Arrays.copyOf(bad, random.nextInt(bad.length)) : bad;
  }

  /** A word of the header in place of another, with the header's length put right. */
  private static byte[] changedText(byte[] good, Random random) {
    int length = (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(good, 8, length, StandardCharsets.ISO_8859_1);
    for (int changes = random.nextInt(2); changes >= 0; changes--) {
      String word = WORDS.get(random.nextInt(WORDS.size()));
      int from = random.nextInt(header.length());
      int to = Math.min(header.length(), from + random.nextInt(12));
      if (random.nextBoolean()) {
        // A whole number, where there is one.
        String[] parts = header.split("(?<=[^0-9])(?=[0-9])", -1);
        int part = random.nextInt(parts.length);
        parts[part] =
            parts[part].replaceFirst("^[0-9]+", java.util.regex.Matcher.quoteReplacement(word));
        header = String.join("", parts);
      } else {
        header = header.substring(0, from) + word + header.substring(to);
      }
    }
    byte[] json = header.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(8 + json.length + good.length - 8 - length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(good, 8 + length, good.length - 8 - length)
        .array();
  }
}
