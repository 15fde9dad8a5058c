package dev.selkie.training.checkpoint;

import dev.selkie.runtime.Shape;

/**
 * Between the order of values in memory, (n, h, w, c), and PyTorch's, (n, c, h, w). A vector is the
 * same in both.
 */
final class ChannelOrder {
  private ChannelOrder() {}

  static float[] channelsFirst(float[] values, Shape shape) {
    return transpose(values, shape.batch(), shape.positions(), shape.channels());
  }

  static float[] channelsLast(float[] values, Shape shape) {
    return transpose(values, shape.batch(), shape.channels(), shape.positions());
  }

  /** Of each of {@code batch} matrices. */
  private static float[] transpose(float[] values, int batch, int rows, int columns) {
    float[] result = new float[values.length];
    for (int n = 0; n < batch; n++) {
      int start = n * rows * columns;
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          result[start + c * rows + r] = values[start + r * columns + c];
        }
      }
    }
    return result;
  }
}
