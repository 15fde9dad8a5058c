package dev.selkie.training.report;

import dev.selkie.training.data.DataException;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.data.Heap;
import dev.selkie.training.data.LabeledImages;
import dev.selkie.training.files.OutputFile;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A picture with a row of training images for each class. */
public final class ContactSheet {
  private static final int COLUMNS = 12;
  private static final int GAP = 2;

  private ContactSheet() {}

  /**
   * Draws the sheet and writes it as PNG.
   *
   * @throws DataException where the sheet is too large for the heap
   * @throws dev.selkie.training.files.OutputException where the file cannot be written
   */
  public static void write(Path file, DataSet data) {
    BufferedImage sheet = draw(data);
    OutputFile.write(file, out -> ImageIO.write(sheet, "png", out));
  }

  static BufferedImage draw(DataSet data) {
    LabeledImages images = data.train();
    int channels = images.channels();
    if (channels != 1 && channels != 3) {
      throw new DataException(
          "pictures have 1 channel or 3, and the images of %s have %d"
              .formatted(data.name(), channels));
    }
    int rows = data.classes().size();
    int down = images.height() + GAP;
    int across = images.width() + GAP;
    BufferedImage sheet = blank(COLUMNS * (long) across, rows * (long) down);
    int[] shown = new int[rows];
    for (int i = 0; i < images.count(); i++) {
      int row = images.label(i);
      if (shown[row] < COLUMNS) {
        paste(sheet, images, i, row * down, shown[row] * across);
        shown[row]++;
      }
    }
    return sheet;
  }

  private static BufferedImage blank(long width, long height) {
    String what = "a sheet of %dx%d pixels".formatted(width, height);
    if (width * height > Integer.MAX_VALUE) {
      throw new DataException("%s is larger than Java's pictures can be".formatted(what));
    }
    return Heap.guard(
        what, () -> new BufferedImage((int) width, (int) height, BufferedImage.TYPE_INT_RGB));
  }

  /** Values as they are, into a picture whose pixels are just that: no colour is converted. */
  private static void paste(
      BufferedImage sheet, LabeledImages images, int image, int top, int left) {
    int channels = images.channels();
    for (int p = 0; p < images.height() * images.width(); p++) {
      int from = image * images.imageSize() + p * channels;
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        rgb = rgb << 8 | images.pixels()[from + (channels == 1 ? 0 : c)] & 0xff;
      }
      sheet.setRGB(left + p % images.width(), top + p / images.width(), rgb);
    }
  }
}
