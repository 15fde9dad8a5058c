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
