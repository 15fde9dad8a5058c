package dev.selkie.training.data;

import java.util.List;

/**
 * Reads the binary version of CIFAR-10 and CIFAR-100 (Krizhevsky, 2009): records of the labels, one
 * byte each, and 3072 pixels as three 32x32 planes, red, green, blue.
 */
final class CifarReader {
  private static final int SIDE = 32;
  private static final int PLANE = SIDE * SIDE;
  private static final int CHANNELS = 3;

  private CifarReader() {}

  /** A file's name, for messages, and its content. */
  record Content(String name, byte[] bytes) {}

  /**
   * All records of the files, in order.
   *
   * @param labels label bytes before each image; the last of them is taken (1 in CIFAR-10; 2 in
   *     CIFAR-100, coarse then fine)
   */
  static LabeledImages read(List<Content> files, int labels) {
    int record = labels + CHANNELS * PLANE;
    int count = files.stream().mapToInt(file -> records(file, record)).sum();
    byte[] pixels =
        Heap.bytes(
            "%,d images of %s and its like".formatted(count, files.get(0).name()),
            (long) count * CHANNELS * PLANE);
    int[] classes = new int[count];
    int image = 0;
    for (Content file : files) {
      for (int start = 0; start < file.bytes().length; start += record) {
        classes[image] = file.bytes()[start + labels - 1] & 0xff;
        interleave(file.bytes(), start + labels, pixels, image * CHANNELS * PLANE);
        image++;
      }
    }
    return new LabeledImages(CHANNELS, SIDE, SIDE, pixels, classes);
  }

  private static int records(Content file, int record) {
    int length = file.bytes().length;
    if (length == 0 || length % record != 0) {
      throw new DataException(
          "%s has %d bytes, which is not a multiple of the %d of one record; is it the binary version?"
              .formatted(file.name(), length, record));
    }
    return length / record;
  }

  private static void interleave(byte[] planes, int from, byte[] pixels, int to) {
    for (int c = 0; c < CHANNELS; c++) {
      for (int p = 0; p < PLANE; p++) {
        pixels[to + p * CHANNELS + c] = planes[from + c * PLANE + p];
      }
    }
  }
}
