package dev.selkie.random;

import dev.selkie.annotation.Activation;
import dev.selkie.annotation.Gate;
import dev.selkie.annotation.Squeeze;
import dev.selkie.random.Windows.Taps;
import java.util.ArrayList;
import java.util.List;

/** Layers with small layers in them, and those of one position. */
final class Gates {
  private static final Taps POINT = new Taps(1, 1, 1, 1, 0);

  private Gates() {}

  static Value globalAverage(Tape tape, Value x) {
    Value y = new Value(x.batch, new Dims(x.dims.channels(), 1, 1));
    int channels = x.dims.channels();
    int size = x.dims.elements();
    for (int i = 0; i < x.v.length; i++) {
      y.v[i / size * channels + i % channels] += x.v[i] / x.dims.positions();
    }
    tape.then(
        () -> {
          for (int i = 0; i < x.v.length; i++) {
            x.g[i] += y.g[i / size * channels + i % channels] / x.dims.positions();
          }
        });
    return y;
  }

  /** Weights are (out, height, width, channels). */
  static Value dense(Tape tape, Value x, String name, int out, boolean biased) {
    Taps whole = new Taps(x.dims.height(), x.dims.width(), 1, 1, 0);
    Value y = Windows.convolution(tape, x, name + ".weight", out, whole, 1);
    return biased ? bias(tape, y, name + ".bias") : y;
  }

  static Value bias(Tape tape, Value x, String name) {
    int channels = x.dims.channels();
    double[] b = tape.weights.value(name, channels);
    Value y = x.like();
    for (int i = 0; i < y.v.length; i++) {
      y.v[i] = x.v[i] + b[i % channels];
    }
    tape.then(
        () -> {
          for (int i = 0; i < y.v.length; i++) {
            x.g[i] += y.g[i];
            tape.weights.learn(name, i % channels, y.g[i], 0);
          }
        });
    return y;
  }

  /** x gate(W2 relu(W1 z + b1) + b2). */
  static Value excite(
      Tape tape, Value x, String name, int hidden, boolean biased, Squeeze squeeze, Gate gate) {
    Dims all = x.dims;
    Value z = squeeze == Squeeze.AVERAGE ? globalAverage(tape, x) : globalMaximum(tape, x);
    Value first = small(tape, z, name + ".fc1", hidden, biased);
    Value second = small(tape, Elements.relu(tape, first), name + ".fc2", all.channels(), biased);
    Value s =
        switch (gate) {
          case SIGMOID -> Elements.activate(tape, second, Activation.SIGMOID);
          case TANH -> Elements.smooth(tape, second, Math::tanh, t -> 1 - t * t);
          case RELU -> Elements.relu(tape, second);
        };
    return Elements.multiply(tape, x, s);
  }

  private static Value small(Tape tape, Value x, String name, int out, boolean biased) {
    Value y = Windows.convolution(tape, x, name + ".weight", out, POINT, 1);
    return biased ? bias(tape, y, name + ".bias") : y;
  }

  private static Value globalMaximum(Tape tape, Value x) {
    int channels = x.dims.channels();
    Value y = new Value(x.batch, new Dims(channels, 1, 1));
    int[] winners = new int[y.v.length];
    for (int i = 0; i < winners.length; i++) {
      int first = i / channels * x.dims.elements() + i % channels;
      winners[i] = first;
      for (int p = 1; p < x.dims.positions(); p++) {
        int at = first + p * channels;
        winners[i] = x.v[at] > x.v[winners[i]] ? at : winners[i];
      }
      y.v[i] = x.v[tape.decide(winners[i])];
    }
    tape.then(
        () -> {
          for (int i = 0; i < winners.length; i++) {
            x.g[winners[i]] += y.g[i];
          }
        });
    return y;
  }

  /** One branch of a selective kernel. */
  record Branch(Value x, Taps taps, int groups) {}

  /** softmax over m of A_m relu(norm(W s)), where s is the mean over space of the branches' sum. */
  static Value select(Tape tape, String name, int out, int hidden, List<Branch> branches) {
    List<Value> all = new ArrayList<>();
    for (int m = 0; m < branches.size(); m++) {
      Branch b = branches.get(m);
      String branch = name + ".branch" + m;
      Value y = Windows.convolution(tape, b.x, branch + ".weight", out, b.taps, b.groups);
      all.add(Elements.relu(tape, Norms.norm(tape, y, branch + ".norm")));
    }
    Value s = globalAverage(tape, Elements.add(tape, all));
    Value z = Windows.convolution(tape, s, name + ".fc1.weight", hidden, POINT, 1);
    Value units = Elements.relu(tape, Norms.norm(tape, z, name + ".fc1.norm"));
    int rows = branches.size() * out;
    Value scores = Windows.convolution(tape, units, name + ".fc2.weight", rows, POINT, 1);
    Value shares = softmax(tape, scores, branches.size());
    List<Value> weighted = new ArrayList<>();
    for (int m = 0; m < branches.size(); m++) {
      Value share = Elements.split(tape, shares, m + 1, branches.size());
      weighted.add(Elements.multiply(tape, all.get(m), share));
    }
    return Elements.add(tape, weighted);
  }

  /** Over the parts of the channels, each channel for itself. */
  private static Value softmax(Tape tape, Value x, int parts) {
    Value y = x.like();
    int size = x.dims.channels() / parts;
    for (int i = 0; i < x.batch * size; i++) {
      int first = i / size * x.dims.channels() + i % size;
      double total = 0;
      for (int m = 0; m < parts; m++) {
        total += Math.exp(x.v[first + m * size]);
      }
      for (int m = 0; m < parts; m++) {
        y.v[first + m * size] = Math.exp(x.v[first + m * size]) / total;
      }
    }
    tape.then(
        () -> {
          for (int i = 0; i < x.batch * size; i++) {
            int first = i / size * x.dims.channels() + i % size;
            double mean = 0;
            for (int m = 0; m < parts; m++) {
              mean += y.v[first + m * size] * y.g[first + m * size];
            }
            for (int m = 0; m < parts; m++) {
              int at = first + m * size;
              x.g[at] += y.v[at] * (y.g[at] - mean);
            }
          }
        });
    return y;
  }
}
