package dev.selkie.random;

import dev.selkie.annotation.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Layers that work value by value, or move values. */
final class Elements {
  private Elements() {}

  static Value activate(Tape tape, Value x, Activation activation) {
    return switch (activation) {
      case NONE -> x;
      case RELU -> relu(tape, x);
      case SIGMOID -> smooth(tape, x, v -> 1 / (1 + Math.exp(-v)), y -> y * (1 - y));
    };
  }

  static Value relu(Tape tape, Value x) {
    Value y = x.like();
    boolean[] passed = new boolean[x.v.length];
    for (int i = 0; i < passed.length; i++) {
      passed[i] = tape.positive(x.v[i]);
      y.v[i] = passed[i] ? x.v[i] : 0;
    }
    tape.then(
        () -> {
          for (int i = 0; i < passed.length; i++) {
            x.g[i] += passed[i] ? y.g[i] : 0;
          }
        });
    return y;
  }

  /**
   * @param slope of the function, from its value
   */
  static Value smooth(Tape tape, Value x, DoubleUnaryOperator function, DoubleUnaryOperator slope) {
    Value y = x.like();
    for (int i = 0; i < y.v.length; i++) {
      y.v[i] = function.applyAsDouble(x.v[i]);
    }
    tape.then(
        () -> {
          for (int i = 0; i < y.v.length; i++) {
            x.g[i] += y.g[i] * slope.applyAsDouble(y.v[i]);
          }
        });
    return y;
  }

  static Value times(Tape tape, Value x, double factor) {
    return smooth(tape, x, v -> v * factor, y -> factor);
  }

  static Value add(Tape tape, List<Value> summands) {
    Value y = summands.get(0).like();
    for (Value x : summands) {
      for (int i = 0; i < y.v.length; i++) {
        y.v[i] += x.v[i];
      }
    }
    tape.then(
        () -> {
          for (Value x : summands) {
            for (int i = 0; i < y.v.length; i++) {
              x.g[i] += y.g[i];
            }
          }
        });
    return y;
  }

  /** Of one shape, or one of them with a single position. */
  static Value multiply(Tape tape, Value a, Value b) {
    Value y = a.dims.positions() >= b.dims.positions() ? a.like() : b.like();
    for (int i = 0; i < y.v.length; i++) {
      y.v[i] = a.v[index(a, y, i)] * b.v[index(b, y, i)];
    }
    tape.then(
        () -> {
          for (int i = 0; i < y.v.length; i++) {
            a.g[index(a, y, i)] += y.g[i] * b.v[index(b, y, i)];
            b.g[index(b, y, i)] += y.g[i] * a.v[index(a, y, i)];
          }
        });
    return y;
  }

  private static int index(Value x, Value y, int i) {
    int channels = y.dims.channels();
    return x.dims.equals(y.dims) ? i : i / y.dims.elements() * channels + i % channels;
  }

  /** Some channels of x into some of y; channels where there is no source stay zero. */
  private static void move(Tape tape, Value y, Value x, int[] source) {
    int from = x.dims.channels();
    int to = y.dims.channels();
    for (int row = 0; row < y.rows(); row++) {
      for (int c = 0; c < to; c++) {
        y.v[row * to + c] += source[c] < 0 ? 0 : x.v[row * from + source[c]];
      }
    }
    tape.then(
        () -> {
          for (int row = 0; row < y.rows(); row++) {
            for (int c = 0; c < to; c++) {
              if (source[c] >= 0) {
                x.g[row * from + source[c]] += y.g[row * to + c];
              }
            }
          }
        });
  }

  static Value concat(Tape tape, List<Value> parts) {
    int channels = parts.stream().mapToInt(part -> part.dims.channels()).sum();
    Value y = new Value(parts.get(0).batch, parts.get(0).dims.withChannels(channels));
    int first = 0;
    for (Value part : parts) {
      int[] source = new int[channels];
      for (int c = 0; c < channels; c++) {
        source[c] = c >= first && c < first + part.dims.channels() ? c - first : -1;
      }
      move(tape, y, part, source);
      first += part.dims.channels();
    }
    return y;
  }

  static Value split(Tape tape, Value x, int part, int of) {
    int channels = x.dims.channels() / of;
    int[] source = new int[channels];
    Arrays.setAll(source, c -> (part - 1) * channels + c);
    Value y = new Value(x.batch, x.dims.withChannels(channels));
    move(tape, y, x, source);
    return y;
  }

  /** With G groups of K channels, channel k G + g of the output is channel g K + k of the input. */
  static Value shuffle(Tape tape, Value x, int groups) {
    int size = x.dims.channels() / groups;
    int[] source = new int[x.dims.channels()];
    for (int g = 0; g < groups; g++) {
      for (int k = 0; k < size; k++) {
        source[k * groups + g] = g * size + k;
      }
    }
    Value y = x.like();
    move(tape, y, x, source);
    return y;
  }

  static Value pad(Tape tape, Value x, int out) {
    int[] source = new int[out];
    Arrays.setAll(source, c -> c < x.dims.channels() ? c : -1);
    Value y = new Value(x.batch, x.dims.withChannels(out));
    move(tape, y, x, source);
    return y;
  }

  static Value dropout(Tape tape, Value x, float rate, int layer) {
    if (!tape.training) {
      return x;
    }
    Value y = x.like();
    double kept = 1 - (double) rate;
    for (int i = 0; i < y.v.length; i++) {
      y.v[i] = tape.fraction(layer, i) >= rate ? x.v[i] / kept : 0;
    }
    tape.then(
        () -> {
          for (int i = 0; i < y.v.length; i++) {
            x.g[i] += tape.fraction(layer, i) >= rate ? y.g[i] / kept : 0;
          }
        });
    return y;
  }

  static Value shake(Tape tape, Value a, Value b, boolean even, int layer) {
    Value y = a.like();
    int size = y.dims.elements();
    for (int i = 0; i < y.v.length; i++) {
      double alpha = tape.training ? tape.fraction(layer, 2L * (i / size)) : 0.5;
      y.v[i] = alpha * a.v[i] + (1 - alpha) * b.v[i];
    }
    tape.then(
        () -> {
          for (int i = 0; i < y.v.length; i++) {
            double beta = even ? 0.5 : tape.fraction(layer, 2L * (i / size) + 1);
            a.g[i] += beta * y.g[i];
            b.g[i] += (1 - beta) * y.g[i];
          }
        });
    return y;
  }
}
