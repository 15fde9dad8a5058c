package dev.selkie.random;

import java.util.stream.IntStream;

/** Convolutions and pools. */
final class Windows {
  private Windows() {}

  /** {@code (h + 2 padding - dilation (kernel - 1) - 1) / stride + 1}, rounded down. */
  static int size(int size, int kernel, int stride, int dilation, int padding) {
    return Math.floorDiv(size + 2 * padding - dilation * (kernel - 1) - 1, stride) + 1;
  }

  /** As {@link #size}, but rounded up where the further window starts within the padding. */
  static int pooled(int size, int kernel, int stride, int padding, boolean ceil) {
    int down = size(size, kernel, stride, 1, padding);
    boolean rest = (down - 1) * stride + kernel < size + 2 * padding;
    return ceil && rest && down * stride < size + padding ? down + 1 : down;
  }

  /** {@code dilation (kernel - 1) / 2}, rounded down, where it is SAME. */
  static int padding(int padding, int kernel, int dilation) {
    return padding < 0 ? dilation * (kernel - 1) / 2 : padding;
  }

  /** A convolution's sizes. */
  record Taps(int kernelHeight, int kernelWidth, int stride, int dilation, int padding) {
    int top() {
      return Windows.padding(padding, kernelHeight, dilation);
    }

    int left() {
      return Windows.padding(padding, kernelWidth, dilation);
    }

    Dims of(Dims x, int out) {
      return new Dims(
          out,
          size(x.height(), kernelHeight, stride, dilation, top()),
          size(x.width(), kernelWidth, stride, dilation, left()));
    }
  }

  /** One product of a convolution: indices of output, input and weight. */
  private interface Product {
    void at(int y, int x, int w);
  }

  /** Weights are (out, height, width, in / groups). */
  static Value convolution(Tape tape, Value x, String weight, int out, Taps taps, int groups) {
    int in = x.dims.channels() / groups;
    double[] w = tape.weights.value(weight, out * taps.kernelHeight * taps.kernelWidth * in);
    Value y = new Value(x.batch, taps.of(x.dims, out));
    products(y, x, taps, groups, (to, from, tap) -> y.v[to] += w[tap] * x.v[from]);
    tape.then(
        () ->
            products(
                y,
                x,
                taps,
                groups,
                (to, from, tap) -> {
                  x.g[from] += w[tap] * y.g[to];
                  tape.weights.learn(weight, tap, x.v[from] * y.g[to], 0);
                }));
    return y;
  }

  private static void products(Value y, Value x, Taps taps, int groups, Product product) {
    int in = x.dims.channels() / groups;
    int out = y.dims.channels() / groups;
    for (int n = 0; n < y.batch; n++) {
      for (int row = 0; row < y.dims.height(); row++) {
        for (int column = 0; column < y.dims.width(); column++) {
          for (int ky = 0; ky < taps.kernelHeight; ky++) {
            int fromRow = row * taps.stride + ky * taps.dilation - taps.top();
            for (int kx = 0; kx < taps.kernelWidth; kx++) {
              int fromColumn = column * taps.stride + kx * taps.dilation - taps.left();
              if (fromRow < 0
                  || fromRow >= x.dims.height()
                  || fromColumn < 0
                  || fromColumn >= x.dims.width()) {
                continue;
              }
              for (int o = 0; o < y.dims.channels(); o++) {
                int to = y.at(n, row, column, o);
                int from = x.at(n, fromRow, fromColumn, o / out * in);
                int tap = ((o * taps.kernelHeight + ky) * taps.kernelWidth + kx) * in;
                for (int i = 0; i < in; i++) {
                  product.at(to, from + i, tap + i);
                }
              }
            }
          }
        }
      }
    }
  }

  /** A pool's sizes. */
  record Pool(int kernel, int stride, int padding, boolean ceil) {
    Dims of(Dims x) {
      int pad = Windows.padding(padding, kernel, 1);
      return new Dims(
          x.channels(),
          pooled(x.height(), kernel, stride, pad, ceil),
          pooled(x.width(), kernel, stride, pad, ceil));
    }

    /** Where the window at {@code place} begins. */
    int from(int place) {
      return place * stride - Windows.padding(padding, kernel, 1);
    }
  }

  /** Padding never wins; of equal values the first does. */
  static Value max(Tape tape, Value x, Pool pool) {
    Value y = new Value(x.batch, pool.of(x.dims));
    int[] winners = new int[y.v.length];
    each(
        y,
        (n, row, column, c) -> {
          int best = -1;
          for (int fromRow : inside(pool.from(row), pool.kernel, x.dims.height())) {
            for (int fromColumn : inside(pool.from(column), pool.kernel, x.dims.width())) {
              int at = x.at(n, fromRow, fromColumn, c);
              best = best < 0 || x.v[at] > x.v[best] ? at : best;
            }
          }
          int to = y.at(n, row, column, c);
          winners[to] = tape.decide(best);
          y.v[to] = x.v[best];
        });
    tape.then(
        () -> {
          for (int i = 0; i < winners.length; i++) {
            x.g[winners[i]] += y.g[i];
          }
        });
    return y;
  }

  static Value average(Tape tape, Value x, Pool pool, boolean countPadding) {
    Value y = new Value(x.batch, pool.of(x.dims));
    shares(y, x, pool, countPadding, (to, from, count) -> y.v[to] += x.v[from] / count);
    tape.then(
        () -> shares(y, x, pool, countPadding, (to, from, count) -> x.g[from] += y.g[to] / count));
    return y;
  }

  /** One summand of a mean: indices of output and input, and the divisor. */
  private interface Share {
    void at(int y, int x, int count);
  }

  /** What lies on the padding may count in the divisor, what lies beyond it never does. */
  private static void shares(Value y, Value x, Pool pool, boolean countPadding, Share share) {
    int pad = countPadding ? Windows.padding(pool.padding, pool.kernel, 1) : 0;
    each(
        y,
        (n, row, column, c) -> {
          int[] rows = inside(pool.from(row), pool.kernel, x.dims.height());
          int[] columns = inside(pool.from(column), pool.kernel, x.dims.width());
          int high = counted(pool.from(row), pool.kernel, x.dims.height(), pad);
          int wide = counted(pool.from(column), pool.kernel, x.dims.width(), pad);
          for (int fromRow : rows) {
            for (int fromColumn : columns) {
              share.at(y.at(n, row, column, c), x.at(n, fromRow, fromColumn, c), high * wide);
            }
          }
        });
  }

  private static int counted(int from, int kernel, int size, int pad) {
    return Math.min(from + kernel, size + pad) - Math.max(from, -pad);
  }

  /** Something to do for one value of an output. */
  private interface Place {
    void at(int n, int row, int column, int c);
  }

  private static void each(Value y, Place place) {
    for (int n = 0; n < y.batch; n++) {
      for (int row = 0; row < y.dims.height(); row++) {
        for (int column = 0; column < y.dims.width(); column++) {
          for (int c = 0; c < y.dims.channels(); c++) {
            place.at(n, row, column, c);
          }
        }
      }
    }
  }

  private static int[] inside(int from, int kernel, int size) {
    return IntStream.range(Math.max(0, from), Math.min(from + kernel, size)).toArray();
  }
}
