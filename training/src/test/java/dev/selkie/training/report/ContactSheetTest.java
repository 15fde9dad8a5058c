package dev.selkie.training.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.training.data.Augmentation;
import dev.selkie.training.data.DataException;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.data.LabeledImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {
  @TempDir Path folder;

  private static DataSet data(int channels, byte... pixels) {
    LabeledImages images =
        new LabeledImages(channels, 1, pixels.length / channels, pixels, new int[] {1});
    return DataSet.of("few", List.of("a", "b"), images, images, Augmentation.NONE, "");
  }

  /** Samples of a PNG file as Java's reader hands them out, in the second class's row. */
  private int[] written(DataSet data, int pixels) throws IOException {
    Path file = folder.resolve("sheet.png");
    ContactSheet.write(file, data);
    BufferedImage sheet = ImageIO.read(file.toFile());
    return sheet.getRaster().getPixels(0, 3, pixels, 1, (int[]) null);
  }

  @Test
  void pixelsAreWrittenAsTheyAre() throws IOException {
    int[] grey = written(data(1, (byte) 32, (byte) 99, (byte) 200), 3);
    assertEquals(List.of(32, 32, 32, 99, 99, 99, 200, 200, 200), boxed(grey));
    int[] colours = written(data(3, (byte) 32, (byte) 99, (byte) 200), 1);
    assertEquals(List.of(32, 99, 200), boxed(colours));
  }

  private static List<Integer> boxed(int[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }

  @Test
  void whatCannotBeDrawnIsSaid() {
    refused("have 2", () -> ContactSheet.draw(data(2, new byte[2])));
    LabeledImages large = new LabeledImages(1, 4096, 4096, new byte[1 << 24], new int[1]);
    List<String> classes = Collections.nCopies(100_000, "class");
    DataSet many = DataSet.of("many", classes, large, large, Augmentation.NONE, "");
    refused("larger than Java's pictures", () -> ContactSheet.draw(many));
  }

  private static void refused(String words, Runnable action) {
    DataException e = assertThrows(DataException.class, action::run);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }
}
