package dev.selkie.training.data;

/**
 * Images of one size, one byte per value, and the class of each. The arrays are shared, not copied.
 *
 * @param pixels (count, height, width, channels), the last dimension contiguous, 0 to 255
 * @param labels (count), each a class number
 */
public record LabeledImages(int channels, int height, int width, byte[] pixels, byte[] labels) {

  public LabeledImages {
    if (channels < 1 || height < 1 || width < 1) {
      throw new DataException(
          "images need positive sizes, not %dx%dx%d".formatted(channels, height, width));
    }
    long expected = (long) labels.length * channels * height * width;
    if (pixels.length != expected) {
      throw new DataException(
          "%d images of %dx%dx%d have %d values, not %d"
              .formatted(labels.length, channels, height, width, expected, pixels.length));
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
    return labels[image] & 0xff;
  }

  /** The first {@code count} images, or all where there are fewer. */
  public LabeledImages first(int count) {
    int kept = Math.min(count, count());
    return new LabeledImages(
        channels,
        height,
        width,
        java.util.Arrays.copyOf(pixels, kept * imageSize()),
        java.util.Arrays.copyOf(labels, kept));
  }
}
