package dev.selkie.cpu;

/**
 * Tiles of NHWC data by channel: a tile holds a number of whole positions, so that value i of a
 * tile always belongs to channel i mod C, and a vector of C coefficients repeated over a tile makes
 * every loop a plain one.
 */
final class Channels {
  /**
   * Floats of a tile. Ten of them fit a first-level cache; twice as many took half as long again.
   */
  static final int TILE = 512;

  private Channels() {}

  /** Length of a tile: C times the largest power of two that fits. */
  static int tile(int channels) {
    int rows = Math.max(1, TILE / channels);
    return channels * Integer.highestOneBit(rows);
  }

  /** Repeats the first {@code channels} values over the first {@code length}, a multiple. */
  static void repeat(float[] values, int channels, int length) {
    for (int done = channels; done < length; done *= 2) {
      System.arraycopy(values, 0, values, done, Math.min(done, length - done));
    }
  }

  /** Sums a tile by channel into its first C values, pairwise. */
  static void fold(float[] values, float[] upper, int channels, int length) {
    for (int rows = length / channels; rows > 1; ) {
      int half = rows / 2;
      rows -= half;
      System.arraycopy(values, rows * channels, upper, 0, half * channels);
      Kernels.accumulate(values, upper, half * channels);
    }
  }
}
