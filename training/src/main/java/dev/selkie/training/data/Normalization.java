package dev.selkie.training.data;

import java.util.List;

/**
 * Mean and standard deviation of each channel, in units of the brightest value; an input is {@code
 * (pixel / 255 - mean) / deviation}.
 */
public record Normalization(List<Double> mean, List<Double> deviation) {

  public Normalization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != deviation.size()) {
      throw new IllegalArgumentException(
          "%d means but %d deviations".formatted(mean.size(), deviation.size()));
    }
  }

  /** Counts every pixel, so that the result does not depend on any order of summation. */
  public static Normalization of(LabeledImages images) {
    long[][] histogram = new long[images.channels()][256];
    byte[] pixels = images.pixels();
    for (int i = 0; i < pixels.length; i++) {
      histogram[i % images.channels()][pixels[i] & 0xff]++;
    }
    Double[] mean = new Double[images.channels()];
    Double[] deviation = new Double[images.channels()];
    long count = (long) images.count() * images.height() * images.width();
    for (int c = 0; c < images.channels(); c++) {
      double sum = 0;
      double squares = 0;
      for (int value = 0; value < 256; value++) {
        sum += (double) histogram[c][value] * value;
        squares += (double) histogram[c][value] * value * value;
      }
      double average = sum / count;
      double variance = Math.max(0, squares / count - average * average);
      mean[c] = average / 255;
      // A channel without contrast carries nothing; 1 keeps it at zero.
      deviation[c] = variance == 0 ? 1 : Math.sqrt(variance) / 255;
    }
    return new Normalization(List.of(mean), List.of(deviation));
  }

  /** The input for each of the 256 pixel values of a channel. */
  float[] table(int channel) {
    float[] table = new float[256];
    for (int value = 0; value < 256; value++) {
      table[value] = (float) ((value / 255.0 - mean.get(channel)) / deviation.get(channel));
    }
    return table;
  }
}
