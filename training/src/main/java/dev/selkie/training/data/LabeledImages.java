package dev.selkie.training.data;

import java.util.Arrays;

/**
 * Images of one size, one byte per value, and the class of each. The arrays are shared, not copied;
 * while nobody writes to them, any number of threads may read.
 *
 * @param pixels (count, height, width, channels), the last dimension contiguous, 0 to 255
 * @param labels (count), each a class number from 0 on; {@link DataSet} compares them with its
 *     classes
 */
public record LabeledImages(int channels, int height, int width, byte[] pixels, int[] labels) {

  /**
   * @throws DataException where a size is not positive, one image has 2^31 values or more, or the
   *     pixels are not those of as many images as there are labels
   */
  public LabeledImages {
    long size = imageSize(channels, height, width);
    long expected = labels.length * size;
    if (pixels.length != expected) {
      throw new DataException(
          "%d images of %dx%dx%d have %d values, not %d"
              .formatted(labels.length, channels, height, width, expected, pixels.length));
    }
  }

  /**
   * Bytes of one image of that size.
   *
   * @throws DataException where a size is not positive, or there are 2^31 or more
   */
  static int imageSize(int channels, int height, int width) {
    if (channels < 1 || height < 1 || width < 1) {
      throw new DataException(
          "images need positive sizes, not %dx%dx%d".formatted(channels, height, width));
    }
    try {
      return Math.multiplyExact(Math.multiplyExact(channels, height), width);
    } catch (ArithmeticException e) {
      throw new DataException(
          "one image of %dx%dx%d has more values than an array can hold; use smaller images"
              .formatted(channels, height, width),
          e);
    }
  }

  public int count() {
    return labels.length;
  }

  /** Bytes of one image. */
  public int imageSize() {
    return channels * height * width;
  }

  /** The class number of an image. */
  public int label(int image) {
    return labels[image];
  }

  /**
   * The first {@code count} images, or all where there are fewer.
   *
   * @throws IllegalArgumentException where the count is negative
   */
  public LabeledImages first(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("a count of images is at least 0, not " + count);
    }
    int kept = Math.min(count, count());
    return new LabeledImages(
        channels,
        height,
        width,
        Arrays.copyOf(pixels, kept * imageSize()),
        Arrays.copyOf(labels, kept));
  }
}
