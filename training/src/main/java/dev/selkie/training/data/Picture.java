package dev.selkie.training.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * A decoded picture, upright, with its samples as they are stored. Java's {@code getRGB} would send
 * grey and wide colours through gamma curves.
 */
final class Picture {
  private static final double WHITE = 255;

  private final Raster raster;
  private final ColorModel colours;
  private final Orientation orientation;
  private final int components;

  /** The largest value of each component. */
  private final double[] largest = new double[4];

  private final boolean integers;
  private final int[] numbers = new int[4];
  private final float[] fractions = new float[4];
  private final double[] sums = new double[4];
  private Object pixel;

  Picture(BufferedImage image, Orientation orientation) {
    this.raster = image.getRaster();
    this.colours = image.getColorModel();
    this.orientation = orientation;
    this.components = colours.getNumColorComponents();
    int type = colours.getTransferType();
    this.integers =
        (type == DataBuffer.TYPE_BYTE
                || type == DataBuffer.TYPE_USHORT
                || (type == DataBuffer.TYPE_INT && raster.getNumDataElements() == 1))
            && !colours.isAlphaPremultiplied();
    for (int c = 0; c < components; c++) {
      largest[c] = integers ? (1L << colours.getComponentSize(c)) - 1 : 1;
    }
  }

  /** Whether these are the colours of grey or RGB pictures. */
  static boolean readable(ColorModel colours) {
    int space = colours.getColorSpace().getType();
    return space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB;
  }

  int height() {
    return orientation.turned() ? raster.getWidth() : raster.getHeight();
  }

  int width() {
    return orientation.turned() ? raster.getHeight() : raster.getWidth();
  }

  /** Red, green and blue on average over these rows and columns, 0 to 255. */
  void mean(int top, int bottom, int left, int right, double[] colour) {
    Arrays.fill(sums, 0);
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        add(
            orientation.column(y, x, raster.getHeight(), raster.getWidth()),
            orientation.row(y, x, raster.getHeight(), raster.getWidth()));
      }
    }
    double count = (double) (bottom - top) * (right - left);
    for (int c = 0; c < 3; c++) {
      int from = components == 1 ? 0 : c;
      double mean = sums[from] * WHITE / (largest[from] * count);
      colour[c] = Math.max(0, Math.min(WHITE, mean));
    }
  }

  private void add(int x, int y) {
    pixel = raster.getDataElements(x, y, pixel);
    if (integers) {
      colours.getComponents(pixel, numbers, 0);
    } else {
      colours.getNormalizedComponents(pixel, fractions, 0);
    }
    for (int c = 0; c < components; c++) {
      sums[c] += integers ? numbers[c] : fractions[c];
    }
  }
}
