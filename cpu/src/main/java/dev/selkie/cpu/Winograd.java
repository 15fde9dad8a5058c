package dev.selkie.cpu;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Shape;
import java.nio.FloatBuffer;

/**
 * A 3x3 convolution as six convolutions of 1x3, each on a quarter of the rows: half the products
 * (Winograd, 1980; Lavin and Gray, 2016). Four rows of output are {@code A^T [(G w) * (B^T d)]} of
 * six rows of input d, where * is a convolution along the row. Only rows are transformed, so every
 * transform runs over contiguous memory and rounding stays near that of the plain sum.
 *
 * <p>The points 0, 1, -1, 1/2, -2 and infinity have the least rounding error of those with short
 * coefficients (Barabasz, Anderson, Soodhalter and Gregg, 2020).
 *
 * <p>Transformed rows lie as (point, sample, row / 4, column, channel).
 */
final class Winograd {
  static final int POINTS = 6;

  /** Of the windows that are one row high and three columns wide. */
  static final long[] STRIDES = {1, 1};

  static final long[] DILATIONS = {0, 0};
  static final long[] PADDING = {0, 1};
  private static final int ROWS = 4;

  private final CpuTensor tensor;
  private final int height;
  private final int row;

  /** The transforms of one activation. */
  Winograd(CpuTensor tensor) {
    this.tensor = tensor;
    this.height = tensor.shape().height();
    this.row = tensor.shape().width() * tensor.channels();
  }

  /** Where it can be used, with whole groups of rows, and pays. */
  static boolean suits(CpuTensor weight, CpuTensor x, CpuTensor y, ConvGeometry g) {
    boolean plain = g.stride() == 1 && g.dilation() == 1 && g.groups() == 1;
    boolean small = g.kernelHeight() == 3 && g.kernelWidth() == 3;
    boolean same = g.paddingHeight() == 1 && g.paddingWidth() == 1;
    return plain
        && small
        && same
        && x.shape().height() % ROWS == 0
        && x.channels() % 16 == 0
        && y.channels() % 16 == 0
        && Chunks.suit(weight);
  }

  /** Samples whose transformed rows stay in cache. */
  static int chunk(Lanes lanes, CpuTensor first, CpuTensor second) {
    int samples = lanes.samples(0, first.samples());
    return OneDnn.chunk(samples, 4L * POINTS * (first.perSample() + second.perSample()) / ROWS);
  }

  /** Values of one point for that many samples. */
  int perPoint(int samples) {
    return samples * (height / ROWS) * row;
  }

  /** All rows of one point as one image, for windows one row high. */
  Shape image(int samples) {
    Shape shape = tensor.shape();
    return new Shape(1, samples * (height / ROWS), shape.width(), shape.channels());
  }

  /** B^T d of samples {@code from} to {@code to}. */
  void input(FloatBuffer result, Lane lane, int from, int to) {
    for (int n = from; n < to; n++) {
      for (int column = 0; column < row; column += Channels.TILE) {
        int count = Math.min(Channels.TILE, row - column);
        inputColumns(result, lane, n, (n - from) * (height / ROWS) * row + column, column, count);
      }
    }
  }

  private void inputColumns(
      FloatBuffer result, Lane lane, int n, int place, int column, int count) {
    int perPoint = result.limit() / POINTS;
    float[] d0 = lane.tile(0, count);
    float[] d1 = lane.tile(1, count);
    float[] d4 = lane.tile(4, count);
    float[] d5 = lane.tile(5, count);
    java.util.Arrays.fill(d0, 0, count, 0f);
    load(d1, n, 0, column, count);
    for (int top = 0; top < height; top += ROWS) {
      float[] d2 = load(lane.tile(2, count), n, top + 1, column, count);
      float[] d3 = load(lane.tile(3, count), n, top + 2, column, count);
      load(d4, n, top + 3, column, count);
      load(d5, n, top + 4, column, count);
      float[] v = lane.tile(6, count);
      float[] w = lane.tile(7, count);
      WinogradKernels.inputFirst(v, d0, d1, d2, d3, d4, count);
      result.put(place, v, 0, count);
      WinogradKernels.inputOnes(v, w, d1, d2, d3, d4, count);
      result.put(place + perPoint, v, 0, count);
      result.put(place + 2 * perPoint, w, 0, count);
      WinogradKernels.inputTwos(v, w, d1, d2, d3, d4, count);
      result.put(place + 3 * perPoint, v, 0, count);
      result.put(place + 4 * perPoint, w, 0, count);
      WinogradKernels.inputLast(v, d1, d2, d3, d4, d5, count);
      result.put(place + 5 * perPoint, v, 0, count);
      float[] spare = d0;
      d0 = d4;
      d4 = spare;
      spare = d1;
      d1 = d5;
      d5 = spare;
      place += row;
    }
  }

  /** A y of samples {@code from} to {@code to}, for the gradient of the weights. */
  void spread(FloatBuffer result, Lane lane, int from, int to) {
    int place = 0;
    for (int n = from; n < to; n++) {
      for (int top = 0; top < height; top += ROWS) {
        for (int column = 0; column < row; column += Channels.TILE) {
          int count = Math.min(Channels.TILE, row - column);
          spreadRows(result, lane, n, place + column, top, column, count);
        }
        place += row;
      }
    }
  }

  private void spreadRows(
      FloatBuffer result, Lane lane, int n, int place, int top, int column, int count) {
    int perPoint = result.limit() / POINTS;
    float[] y0 = load(lane.tile(0, count), n, top, column, count);
    float[] y1 = load(lane.tile(1, count), n, top + 1, column, count);
    float[] y2 = load(lane.tile(2, count), n, top + 2, column, count);
    float[] y3 = load(lane.tile(3, count), n, top + 3, column, count);
    float[] v = lane.tile(4, count);
    float[] w = lane.tile(5, count);
    result.put(place, y0, 0, count);
    WinogradKernels.spreadOnes(v, w, y0, y1, y2, y3, count);
    result.put(place + perPoint, v, 0, count);
    result.put(place + 2 * perPoint, w, 0, count);
    WinogradKernels.spreadTwos(v, w, y0, y1, y2, y3, count);
    result.put(place + 3 * perPoint, v, 0, count);
    result.put(place + 4 * perPoint, w, 0, count);
    result.put(place + 5 * perPoint, y3, 0, count);
  }

  /** The tensor = A^T m for samples {@code from} to {@code to}, or raised by it. */
  void output(FloatBuffer products, Lane lane, int from, int to, boolean accumulate) {
    int place = 0;
    for (int n = from; n < to; n++) {
      for (int top = 0; top < height; top += ROWS) {
        for (int column = 0; column < row; column += Channels.TILE) {
          int count = Math.min(Channels.TILE, row - column);
          outputRows(products, lane, n, place + column, top, column, count, accumulate);
        }
        place += row;
      }
    }
  }

  private void outputRows(
      FloatBuffer products,
      Lane lane,
      int n,
      int place,
      int top,
      int column,
      int count,
      boolean accumulate) {
    int perPoint = products.limit() / POINTS;
    float[] m0 = lane.tile(0, count);
    float[] m1 = lane.tile(1, count);
    float[] m2 = lane.tile(2, count);
    float[] m3 = lane.tile(3, count);
    float[] m4 = lane.tile(4, count);
    float[] m5 = lane.tile(5, count);
    products.get(place, m0, 0, count);
    products.get(place + perPoint, m1, 0, count);
    products.get(place + 2 * perPoint, m2, 0, count);
    products.get(place + 3 * perPoint, m3, 0, count);
    products.get(place + 4 * perPoint, m4, 0, count);
    products.get(place + 5 * perPoint, m5, 0, count);
    float[] v = lane.tile(6, count);
    float[] w = lane.tile(7, count);
    WinogradKernels.outputEven(v, w, m0, m1, m2, m3, m4, count);
    store(lane, v, n, top, column, count, accumulate);
    store(lane, w, n, top + 2, column, count, accumulate);
    WinogradKernels.outputOne(v, m1, m2, m3, m4, count);
    WinogradKernels.outputThree(w, m1, m2, m3, m4, m5, count);
    store(lane, v, n, top + 1, column, count, accumulate);
    store(lane, w, n, top + 3, column, count, accumulate);
  }

  /** Part of a row; zeros below the last. */
  private float[] load(float[] tile, int n, int y, int column, int count) {
    if (y < height) {
      tensor.floats.get((n * height + y) * row + column, tile, 0, count);
    } else {
      java.util.Arrays.fill(tile, 0, count, 0f);
    }
    return tile;
  }

  private void store(
      Lane lane, float[] tile, int n, int y, int column, int count, boolean accumulate) {
    int start = (n * height + y) * row + column;
    if (accumulate) {
      float[] before = lane.tile(8, count);
      tensor.floats.get(start, before, 0, count);
      Kernels.accumulate(tile, before, count);
    }
    tensor.floats.put(start, tile, 0, count);
  }
}
