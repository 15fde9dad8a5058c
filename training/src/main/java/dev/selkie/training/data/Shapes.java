package dev.selkie.training.data;

import dev.selkie.runtime.Shape;
import java.util.stream.IntStream;

/**
 * Drawn shapes in ten classes, at several sizes, places, turns and colours, with clutter and noise.
 * Needs no download; the same seed draws the same bytes on every machine.
 */
public final class Shapes {
  private static final int TRAIN = 10_000;
  private static final int TEST = 2_000;

  /** More pixels than this are not drawn: large images are fewer. */
  private static final int BUDGET = 256 << 20;

  private Shapes() {}

  /**
   * 10,000 training and 2,000 test images of the input's size, in grey where it has not three
   * channels; fewer where they would take more than 256 MiB.
   */
  public static DataSet draw(Shape input, long seed) {
    int channels = input.channels() == 3 ? 3 : 1;
    int train = trainingImages(channels, input.positions());
    int test = Math.max(1, train / (TRAIN / TEST));
    return draw(channels, input.height(), input.width(), seed, train, test);
  }

  static int trainingImages(int channels, int positions) {
    return (int) Math.max(1, Math.min(TRAIN, BUDGET / ((long) channels * positions)));
  }

  static DataSet draw(int channels, int height, int width, long seed, int train, int test) {
    return DataSet.of(
        "shapes",
        Figure.names(),
        images(channels, height, width, Mix.mix(seed, 0), train),
        images(channels, height, width, Mix.mix(seed, 1), test),
        Augmentation.FLIP,
        "drawn with seed " + seed);
  }

  private static LabeledImages images(int channels, int height, int width, long seed, int count) {
    Figure[] figures = Figure.values();
    int size = LabeledImages.imageSize(channels, height, width);
    byte[] pixels =
        Heap.bytes(
            "%d drawn images of %dx%dx%d".formatted(count, channels, height, width),
            (long) count * size);
    int[] labels = new int[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              labels[i] = i % figures.length;
              new Drawing(channels, height, width, Mix.mix(seed, i))
                  .draw(figures[i % figures.length], pixels, i * size);
            });
    return new LabeledImages(channels, height, width, pixels, labels);
  }
}
