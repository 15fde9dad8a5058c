package dev.selkie.training.data;

import java.nio.file.Path;
import java.util.List;

/**
 * Reads picture files as images of one size, upright as EXIF's orientation says, scaled by the mean
 * over each target pixel's area.
 *
 * <p>Samples are taken as they are stored, whatever colour space or gamma the file declares, as
 * Python's data loaders do: 16 bits become 8 by {@code round(v / 257)}, 1, 2 and 4 bits are
 * stretched to 0 to 255, a palette's entries are looked up. Alpha is left out: a transparent pixel
 * counts with the colour that is stored for it. Grey out of colours is the luma of ITU-R BT.601,
 * {@code 0.299 R + 0.587 G + 0.114 B}, of the stored samples; colours out of grey are the grey
 * three times. Each value is rounded once, at the end.
 */
public final class ImageFiles {
  private ImageFiles() {}

  /**
   * The pictures in order, all with label 0.
   *
   * @param channels 1 for grey, 3 for red, green and blue
   * @throws DataException naming the file that does not exist, is not a picture, is damaged or cut
   *     short, has other colours (CMYK) or is too large for the heap; where all together do not
   *     fit; or where the channels are neither 1 nor 3
   */
  public static LabeledImages read(List<Path> files, int channels, int height, int width) {
    if (channels != 1 && channels != 3) {
      throw new DataException(
          "pictures are read with 1 channel or 3, and the images here have %d".formatted(channels));
    }
    int size = LabeledImages.imageSize(channels, height, width);
    byte[] pixels =
        Heap.bytes(
            "%d pictures as images of %dx%dx%d".formatted(files.size(), channels, height, width),
            (long) files.size() * size);
    for (int i = 0; i < files.size(); i++) {
      scale(PictureReader.read(files.get(i)), channels, height, width, pixels, i * size);
    }
    return new LabeledImages(channels, height, width, pixels, new int[files.size()]);
  }

  private static void scale(
      Picture picture, int channels, int height, int width, byte[] pixels, int offset) {
    double[] colour = new double[3];
    int to = offset;
    for (int y = 0; y < height; y++) {
      int top = start(y, picture.height(), height);
      int bottom = Math.max(top + 1, start(y + 1, picture.height(), height));
      for (int x = 0; x < width; x++) {
        int left = start(x, picture.width(), width);
        int right = Math.max(left + 1, start(x + 1, picture.width(), width));
        picture.mean(top, bottom, left, right, colour);
        for (int c = 0; c < channels; c++) {
          pixels[to++] = (byte) Math.round(channels == 1 ? luma(colour) : colour[c]);
        }
      }
    }
  }

  private static int start(int target, int from, int to) {
    return (int) ((long) target * from / to);
  }

  /** In thousandths, so that equal colours give exactly their value. */
  private static double luma(double[] colour) {
    return (299 * colour[0] + 587 * colour[1] + 114 * colour[2]) / 1000;
  }
}
