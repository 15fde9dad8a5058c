package dev.selkie.random;

import dev.selkie.annotation.Activation;
import dev.selkie.annotation.Bias;
import dev.selkie.annotation.Gate;
import dev.selkie.annotation.Norm;
import dev.selkie.annotation.ShakeBackward;
import dev.selkie.annotation.Squeeze;
import dev.selkie.random.Windows.Pool;
import dev.selkie.random.Windows.Taps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the documentation of {@code dev.selkie.annotation} says that a model computes, in double
 * precision. Layers are computed depth first from the output, parameters from left to right, which
 * gives those that draw their numbers.
 */
final class Interpreter {
  private final Tape tape;
  private final Model model;
  private final String prefix;
  private final int width;
  private final int stride;
  private final Value input;
  private final Map<String, Layer> layers = new HashMap<>();
  private final Map<String, Value> known = new HashMap<>();

  private Interpreter(Tape tape, Model model, String prefix, int width, int stride, Value input) {
    this.tape = tape;
    this.model = model;
    this.prefix = prefix;
    this.width = width;
    this.stride = stride;
    this.input = input;
    model.layers().forEach(layer -> layers.put(layer.name(), layer));
  }

  /** The logits of a network. */
  static Value run(Tape tape, Model network, Value images) {
    return new Interpreter(tape, network, "", 0, 1, images).output();
  }

  /** Each image's loss; the gradient of their mean goes into that of the logits. */
  static double[] loss(Value logits, int[] labels, float smoothing) {
    int classes = logits.dims.channels();
    double[] losses = new double[logits.batch];
    for (int n = 0; n < losses.length; n++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < classes; k++) {
        most = Math.max(most, logits.v[n * classes + k]);
      }
      double total = 0;
      for (int k = 0; k < classes; k++) {
        total += Math.exp(logits.v[n * classes + k] - most);
      }
      for (int k = 0; k < classes; k++) {
        double share = (double) smoothing / classes;
        double target = k == labels[n] ? 1 - (double) smoothing + share : share;
        double log = logits.v[n * classes + k] - most - Math.log(total);
        losses[n] -= target * log;
        logits.g[n * classes + k] = (Math.exp(log) - target) / losses.length;
      }
    }
    return losses;
  }

  private Value output() {
    return value(model.output().name());
  }

  private Value value(String name) {
    Layer layer = layers.get(name);
    if (layer == null) {
      return input;
    }
    Value value = known.get(name);
    if (value == null) {
      value = compute(layer, layer.inputs().stream().map(this::value).toList());
      known.put(name, value);
    }
    return value;
  }

  private Value compute(Layer layer, List<Value> inputs) {
    Value x = inputs.get(0);
    String path = prefix + layer.name();
    Value y =
        switch (layer.kind()) {
          case "Conv" -> convolution(layer, path, x);
          case "Dense" -> Gates.dense(tape, x, path, out(layer), biased(layer, true));
          case "BatchNorm" -> Norms.norm(tape, x, path);
          case "Relu" -> Elements.relu(tape, x);
          case "Sigmoid" -> Elements.activate(tape, x, Activation.SIGMOID);
          case "MaxPool" -> Windows.max(tape, x, pool(layer));
          case "AveragePool" ->
              Windows.average(tape, x, pool(layer), layer.flag("countPadding", true));
          case "GlobalAveragePool" -> Gates.globalAverage(tape, x);
          case "Dropout" -> Elements.dropout(tape, x, (float) layer.real("rate"), tape.nextDraw());
          case "Add" -> Elements.add(tape, inputs);
          case "Multiply" -> Elements.multiply(tape, x, inputs.get(1));
          case "Concat" -> Elements.concat(tape, inputs);
          case "Times" -> Elements.times(tape, x, (float) layer.real("factor"));
          case "ChannelShuffle" -> Elements.shuffle(tape, x, layer.integer("groups", 0));
          case "ChannelSplit" ->
              Elements.split(tape, x, layer.integer("part", 0), layer.integer("of", 2));
          case "ShakeShake" ->
              Elements.shake(
                  tape,
                  x,
                  inputs.get(1),
                  layer.constant("backward", ShakeBackward.RANDOM) == ShakeBackward.EVEN,
                  tape.nextDraw());
          case "Shortcut" -> shortcut(layer, path, x);
          case "PaddedShortcut" -> padded(layer, x);
          case "SqueezeExcite" -> excite(layer, path, x);
          case "SelectiveKernel" -> select(layer, path, inputs);
          case "Stage" -> stage(layer, path, x);
          default -> throw new AssertionError("what does @" + layer.kind() + " mean?");
        };
    return Elements.activate(tape, y, activation(layer));
  }

  private static Activation activation(Layer layer) {
    return layer.constant(
        "activation", layer.kind().equals("Conv") ? Activation.RELU : Activation.NONE);
  }

  private Value convolution(Layer layer, String path, Value x) {
    int channels = x.dims.channels();
    int kernel = layer.integer("kernel", 1);
    Taps taps =
        new Taps(
            layer.integer("kernelHeight", kernel),
            layer.integer("kernelWidth", kernel),
            stride(layer),
            layer.integer("dilation", 1),
            layer.integer("padding", -1));
    int out = out(layer) == 0 ? channels : out(layer);
    int groups = layer.integer("groups", 1);
    boolean normed = layer.constant("norm", Norm.BATCH) == Norm.BATCH;
    Value y =
        Windows.convolution(tape, x, path + ".weight", out, taps, groups < 0 ? channels : groups);
    if (biased(layer, !normed)) {
      y = Gates.bias(tape, y, path + ".bias");
    }
    return normed ? Norms.norm(tape, y, path + ".norm") : y;
  }

  private Value shortcut(Layer layer, String path, Value x) {
    if (out(layer) == x.dims.channels() && stride(layer) == 1) {
      return x;
    }
    int kernel = layer.integer("kernel", 1);
    Taps taps = new Taps(kernel, kernel, stride(layer), 1, -1);
    Value y = Windows.convolution(tape, x, path + ".weight", out(layer), taps, 1);
    boolean normed = layer.constant("norm", Norm.BATCH) == Norm.BATCH;
    return normed ? Norms.norm(tape, y, path + ".norm") : y;
  }

  private Value padded(Layer layer, Value x) {
    Value y = x;
    if (stride(layer) > 1) {
      y = Windows.average(tape, x, new Pool(1, stride(layer), 0, false), false);
    }
    return out(layer) == y.dims.channels() ? y : Elements.pad(tape, y, out(layer));
  }

  private Value excite(Layer layer, String path, Value x) {
    int channels = x.dims.channels();
    return Gates.excite(
        tape,
        x,
        path,
        Math.max(channels / layer.integer("reduction", 16), layer.integer("minimum", 1)),
        biased(layer, true),
        layer.constant("squeeze", Squeeze.AVERAGE),
        layer.constant("gate", Gate.SIGMOID));
  }

  private Value select(Layer layer, String path, List<Value> inputs) {
    int size = layer.integer("branches", 2);
    List<Gates.Branch> branches = new ArrayList<>();
    for (int m = 0; m < size; m++) {
      Value x = inputs.get(inputs.size() == 1 ? 0 : m);
      int kernel = ofBranch(layer.integers("kernels"), m, 3);
      int dilation = ofBranch(layer.integers("dilations"), m, layer.has("kernels") ? 1 : m + 1);
      int groups = ofBranch(layer.integers("groups"), m, 32);
      branches.add(
          new Gates.Branch(
              x,
              new Taps(kernel, kernel, stride(layer), dilation, -1),
              groups < 0 ? x.dims.channels() : groups));
    }
    int hidden =
        Math.max(out(layer) / layer.integer("reduction", 16), layer.integer("minimum", 32));
    return Gates.select(tape, path, out(layer), hidden, branches);
  }

  private static int ofBranch(List<Integer> values, int m, int absent) {
    return values.isEmpty() ? absent : values.get(values.size() == 1 ? 0 : m);
  }

  private Value stage(Layer layer, String path, Value x) {
    Value y = x;
    for (int i = 0; i < layer.integer("repeat", 1); i++) {
      int first = i == 0 ? layer.integer("stride", 1) : 1;
      String unit = path + "." + i + ".";
      y = new Interpreter(tape, layer.block(), unit, layer.integer("width", 0), first, y).output();
    }
    return y;
  }

  private Pool pool(Layer layer) {
    int kernel = layer.integer("kernel", 0);
    int own = layer.integer("stride", 0) == 0 ? kernel : layer.integer("stride", 0);
    return new Pool(
        kernel,
        layer.flag("strided", false) ? own * stride : own,
        layer.integer("padding", -1),
        layer.flag("ceil", false));
  }

  private int out(Layer layer) {
    return layer.integer("out", layer.integer("widths", 0) * width);
  }

  private int stride(Layer layer) {
    return layer.integer("stride", 1) * (layer.flag("strided", false) ? stride : 1);
  }

  private static boolean biased(Layer layer, boolean automatic) {
    return switch (layer.constant("bias", Bias.AUTO)) {
      case AUTO -> automatic;
      case YES -> true;
      case NO -> false;
    };
  }
}
