package dev.selkie.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetTest {
  @TempDir Path folder;

  @Test
  void normalizationIsTheMeanAndDeviationOfTheData() {
    byte[] pixels = new byte[300];
    new Random(1).nextBytes(pixels);
    LabeledImages images = new LabeledImages(3, 10, 10, pixels, new int[1]);
    Normalization found = Normalization.of(images);
    for (int c = 0; c < 3; c++) {
      double mean = 0;
      for (int i = c; i < 300; i += 3) {
        mean += (pixels[i] & 0xff) / 255.0 / 100;
      }
      double variance = 0;
      for (int i = c; i < 300; i += 3) {
        variance += Math.pow((pixels[i] & 0xff) / 255.0 - mean, 2) / 100;
      }
      assertEquals(mean, found.mean().get(c), 1e-14);
      assertEquals(Math.sqrt(variance), found.deviation().get(c), 1e-14);
    }
  }

  @Test
  void labelsBeyondTheClassesAreRefused() {
    LabeledImages good = new LabeledImages(1, 1, 1, new byte[1], new int[] {1});
    LabeledImages bad = new LabeledImages(1, 1, 1, new byte[1], new int[] {2});
    DataException e =
        assertThrows(
            DataException.class,
            () -> DataSet.of("few", List.of("a", "b"), good, bad, Augmentation.NONE, ""));
    assertTrue(e.getMessage().contains("test image 0 has label 2"), e.getMessage());
  }

  @Test
  void negativeLabelsAreRefused() {
    LabeledImages good = new LabeledImages(1, 1, 1, new byte[2], new int[] {1, 0});
    LabeledImages bad = new LabeledImages(1, 1, 1, new byte[2], new int[] {0, -213});
    DataException e =
        assertThrows(
            DataException.class,
            () -> DataSet.of("few", List.of("a", "b"), bad, good, Augmentation.NONE, ""));
    assertTrue(e.getMessage().contains("training image 1 has label -213"), e.getMessage());
  }

  @Test
  void thereMayBeAnyNumberOfClasses() {
    int classes = 70_000;
    List<String> names = IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
    int[] labels = IntStream.range(0, classes).toArray();
    LabeledImages images = new LabeledImages(1, 1, 1, new byte[classes], labels);
    DataSet data = DataSet.of("many", names, images, images, Augmentation.NONE, "");
    assertEquals(299, data.train().label(299));
    assertEquals(69_999, data.first(70_000, 70_000).test().label(69_999));
  }

  @Test
  void partsOfDifferentSizesAreRefused() {
    LabeledImages wide = new LabeledImages(1, 1, 4, new byte[4], new int[1]);
    LabeledImages high = new LabeledImages(1, 2, 2, new byte[4], new int[1]);
    DataException e =
        assertThrows(
            DataException.class,
            () -> DataSet.of("two", List.of("a"), wide, high, Augmentation.NONE, ""));
    assertTrue(e.getMessage().contains("1x1x4, but test images are 1x2x2"), e.getMessage());
  }

  @Test
  void sizesAreMultipliedExactly() {
    // 65536 * 65536 is 0 as an int, and would go with no pixels at all.
    DataException e =
        assertThrows(
            DataException.class, () -> new LabeledImages(3, 65536, 65536, new byte[0], new int[1]));
    assertTrue(e.getMessage().contains("3x65536x65536"), e.getMessage());
    assertThrows(
        DataException.class, () -> new LabeledImages(1, 1 << 15, 1 << 15, new byte[0], new int[4]));
  }

  @Test
  void theCacheFollowsTheEnvironment() {
    assertEquals(Path.of("/own"), Cache.folder(Map.of("SELKIE_CACHE", "/own"), "/home"));
    assertEquals(Path.of("/xdg/selkie"), Cache.folder(Map.of("XDG_CACHE_HOME", "/xdg"), "/home"));
    assertEquals(Path.of("/home/.cache/selkie"), Cache.folder(Map.of("SELKIE_CACHE", ""), "/home"));
  }

  @Test
  void aFolderIsRecognisedByItsFiles() throws IOException {
    byte[] images = {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5};
    byte[] labels = {0, 0, 8, 1, 0, 0, 0, 1, 9};
    for (String part : List.of("train", "t10k")) {
      Files.write(folder.resolve(part + "-images-idx3-ubyte"), images);
      Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels);
    }
    DataSet data = DataSets.load(folder.toString(), null, 0, line -> {});
    assertEquals("mnist", data.name());
    DataException e =
        assertThrows(DataException.class, () -> DataSets.load("fashion-mnist", folder));
    assertTrue(e.getMessage().contains("SHA-256"), e.getMessage());
  }

  @Test
  void unknownNamesAndEmptyFoldersSayWhatIsWanted() {
    DataException name =
        assertThrows(DataException.class, () -> DataSets.load("no-such", null, 0, line -> {}));
    assertTrue(name.getMessage().contains("fashion-mnist, mnist"), name.getMessage());
    DataException empty =
        assertThrows(
            DataException.class, () -> DataSets.load(folder.toString(), null, 0, line -> {}));
    assertTrue(empty.getMessage().contains("IDX"), empty.getMessage());
  }
}
