package dev.selkie.training.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Reads picture files as images of one size, scaled by the mean over each target pixel's area. */
public final class ImageFiles {
  private ImageFiles() {}

  /** The pictures in order, all with label 0; grey where one channel is wanted. */
  public static LabeledImages read(List<Path> files, int channels, int height, int width) {
    int size = channels * height * width;
    byte[] pixels = new byte[files.size() * size];
    for (int i = 0; i < files.size(); i++) {
      scale(picture(files.get(i)), channels, height, width, pixels, i * size);
    }
    return new LabeledImages(channels, height, width, pixels, new byte[files.size()]);
  }

  private static BufferedImage picture(Path file) {
    BufferedImage picture;
    try {
      picture = ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
    if (picture == null) {
      throw new DataException(
          "%s is no picture that Java reads; convert it to PNG or JPEG".formatted(file));
    }
    return picture;
  }

  private static void scale(
      BufferedImage picture, int channels, int height, int width, byte[] pixels, int offset) {
    int to = offset;
    for (int y = 0; y < height; y++) {
      int top = y * picture.getHeight() / height;
      int bottom = Math.max(top + 1, (y + 1) * picture.getHeight() / height);
      for (int x = 0; x < width; x++) {
        int left = x * picture.getWidth() / width;
        int right = Math.max(left + 1, (x + 1) * picture.getWidth() / width);
        double[] colour = mean(picture, top, bottom, left, right);
        for (int c = 0; c < channels; c++) {
          pixels[to++] = (byte) Math.round(channels == 1 ? luma(colour) : colour[c % 3]);
        }
      }
    }
  }

  private static double[] mean(BufferedImage picture, int top, int bottom, int left, int right) {
    double[] sums = new double[3];
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int rgb = picture.getRGB(x, y);
        sums[0] += rgb >> 16 & 0xff;
        sums[1] += rgb >> 8 & 0xff;
        sums[2] += rgb & 0xff;
      }
    }
    int count = (bottom - top) * (right - left);
    return new double[] {sums[0] / count, sums[1] / count, sums[2] / count};
  }

  /** ITU-R BT.601. */
  private static double luma(double[] colour) {
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2];
  }
}
