package dev.selkie.training.data;

import dev.selkie.runtime.Shape;

/**
 * How images of one size become inputs of another: centred on black, grey repeated in every
 * channel. Larger images are refused: shrinking them silently would change the task.
 *
 * @param top black rows above the image
 * @param left black columns beside it
 */
public record ImageAdapter(
    int imageChannels,
    int imageHeight,
    int imageWidth,
    int channels,
    int height,
    int width,
    int top,
    int left) {

  /** From images of that size to the network's input. */
  public static ImageAdapter fit(int channels, int height, int width, Shape input) {
    if (height > input.height() || width > input.width()) {
      throw new DataException(
          "images of %dx%d do not fit the network's input of %dx%d; choose a network with a larger input, or scale the images first"
              .formatted(height, width, input.height(), input.width()));
    }
    if (channels != input.channels() && channels != 1) {
      throw new DataException(
          "images with %d channels do not fit the network's input of %d; choose another network or data set"
              .formatted(channels, input.channels()));
    }
    return new ImageAdapter(
        channels,
        height,
        width,
        input.channels(),
        input.height(),
        input.width(),
        (input.height() - height) / 2,
        (input.width() - width) / 2);
  }

  /** From the images of a data set to the network's input. */
  public static ImageAdapter fit(LabeledImages images, Shape input) {
    return fit(images.channels(), images.height(), images.width(), input);
  }

  /** Values of one input. */
  public int inputSize() {
    return channels * height * width;
  }

  /** One sentence for people, channels first. */
  public String sentence() {
    String from = "%dx%dx%d".formatted(imageChannels, imageHeight, imageWidth);
    String to = "%dx%dx%d".formatted(channels, height, width);
    boolean padded = imageHeight != height || imageWidth != width;
    boolean repeated = imageChannels != channels;
    if (!padded && !repeated) {
      return "images are %s, as the network's input".formatted(from);
    }
    String how =
        padded && repeated
            ? "padded with black and the grey channel replicated"
            : padded ? "padded with black" : "the grey channel replicated";
    return "images are %s, %s to the network's input of %s".formatted(from, how, to);
  }
}
