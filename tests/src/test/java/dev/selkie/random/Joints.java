package dev.selkie.random;

import dev.selkie.annotation.Activation;
import dev.selkie.annotation.Bias;
import dev.selkie.annotation.Norm;
import dev.selkie.annotation.ShakeBackward;
import dev.selkie.random.Sketch.Ref;
import dev.selkie.random.Windows.Taps;
import java.util.ArrayList;
import java.util.List;

/** Draws what has several branches, and stages. */
final class Joints {
  private final Sketch s;
  private final Layers layers;

  Joints(Sketch sketch) {
    this.s = sketch;
    this.layers = new Layers(sketch);
  }

  /** Some layers, one after another; the last is never the input itself. */
  Ref chain(Ref x, int length) {
    Ref y = x;
    for (int i = 0; i < length; i++) {
      y = next(y);
    }
    return y;
  }

  private Ref next(Ref x) {
    boolean small = x.dims().height() < 3 || x.dims().width() < 3;
    switch (s.below(12)) {
      case 0, 1, 2:
        return sum(x);
      case 3:
        return gate(x);
      case 4:
        return parts(x);
      case 5:
        return s.mayNest() ? stage(x) : layers.keeping(x);
      case 6:
        return s.parameters.weights() && s.mayNorm(x.dims()) ? unit(x) : layers.keeping(x);
      case 7:
        return small ? layers.keeping(x) : layers.pool(x);
      case 8, 9:
        return s.parameters.weights() && !small
            ? layers.convolution(x, s.channels(), s.chance(0.3))
            : layers.keeping(x);
      case 10:
        return s.parameters.weights() && !small ? smaller(x) : layers.keeping(x);
      default:
        return layers.keeping(x);
    }
  }

  /** The sum, product, mean or row of several values of one shape, some of which may be one. */
  private Ref sum(Ref x) {
    int count = s.pick(2, 2, 2, 3, 4);
    String kind = s.pick("Add", "Add", "Add", "Multiply", "ShakeShake", "Concat");
    boolean two = kind.equals("Multiply") || kind.equals("ShakeShake");
    List<Ref> operands = new ArrayList<>();
    for (int i = 0; i < (two ? 2 : count); i++) {
      operands.add(operand(x, operands));
    }
    return join(kind, operands);
  }

  private Ref join(String kind, List<Ref> operands) {
    Dims dims = operands.get(0).dims();
    String which = kind.equals("Multiply") && !s.mayMultiply() ? "Add" : kind;
    return switch (which) {
      case "Concat" ->
          s.add(
              which, dims.withChannels(operands.stream().mapToInt(Ref::channels).sum()), operands);
      case "ShakeShake" ->
          s.add(which, dims, operands, "backward", s.orNull(0.5, ShakeBackward.EVEN));
      default -> s.add(which, dims, operands, "activation", layers.activation());
    };
  }

  /** The value itself, once or under another name, or what a layer or two make of it. */
  private Ref operand(Ref x, List<Ref> others) {
    if (!others.contains(x) && s.chance(0.3)) {
      return x;
    }
    int c = x.channels();
    return switch (s.below(8)) {
      case 0, 1 -> s.add("Shortcut", x.dims(), x, "out", c);
      case 2 -> s.add("PaddedShortcut", x.dims(), x, "out", c);
      case 3 -> s.add("Dropout", x.dims(), x, "rate", 0.5);
      case 4, 5 -> layers.keeping(x);
      default -> layers.keeping(layers.keeping(x));
    };
  }

  /** A product with one number for each channel. */
  private Ref gate(Ref x) {
    if (!s.mayMultiply()) {
      return layers.keeping(x);
    }
    Ref gate = s.add("GlobalAveragePool", x.dims().withChannels(x.channels()), x);
    gate = new Ref(gate.name(), new Dims(x.channels(), 1, 1));
    if (s.parameters.weights()) {
      gate =
          s.add(
              "Dense",
              gate.dims(),
              gate,
              "out",
              x.channels(),
              "bias",
              s.parameters.norms() ? null : Bias.NO,
              "activation",
              layers.activation());
    }
    List<Ref> both = s.chance(0.5) ? List.of(x, gate) : List.of(gate, x);
    return s.add("Multiply", x.dims(), both, "activation", layers.activation());
  }

  /** Channels taken apart and put together again. */
  private Ref parts(Ref x) {
    int of = s.divisor(x.channels());
    if (of == 1 || of > 4) {
      return layers.keeping(x);
    }
    List<Ref> parts = new ArrayList<>();
    for (int part = 1; part <= of; part++) {
      Dims dims = x.dims().withChannels(x.channels() / of);
      Ref taken =
          s.add(
              "ChannelSplit",
              dims,
              x,
              "part",
              s.chance(0.8) ? part : 1,
              "of",
              of == 2 ? s.orNull(0.5, 2) : (Integer) of);
      parts.add(s.chance(0.5) ? taken : layers.keeping(taken));
    }
    if (s.chance(0.3)) {
      return join("Add", parts);
    }
    Ref row = join("Concat", parts);
    return s.chance(0.5)
        ? s.add("ChannelShuffle", row.dims(), row, "groups", s.divisor(row.channels()))
        : row;
  }

  /** A residual unit, of the kinds that fusion knows and some that it must leave alone. */
  private Ref unit(Ref x) {
    int c = x.channels();
    Ref y = s.chance(0.5) ? layers.convolution(x, s.channels(), true) : x;
    Ref z = s.add("Conv", x.dims(), y, "out", c, "kernel", 3, "activation", Activation.NONE);
    if (s.chance(0.5)) {
      z = layers.excite(z);
    }
    Ref other =
        switch (s.below(5)) {
          case 0 -> s.add("Conv", x.dims(), x, "out", c, "activation", Activation.NONE);
          case 1 -> s.add("BatchNorm", x.dims(), y.channels() == c ? y : x);
          case 2 -> s.add("Conv", x.dims(), x, "out", c, "norm", Norm.NONE);
          case 3 -> s.add("Shortcut", x.dims(), z, "out", c);
          default -> x;
        };
    List<Ref> both = s.chance(0.5) ? List.of(z, other) : List.of(other, z);
    Ref sum = s.add("Add", x.dims(), both, "activation", layers.activation());
    return s.chance(0.2) ? layers.norm(sum) : sum;
  }

  /** Branches that take steps of two, or one that gives more channels. */
  private Ref smaller(Ref x) {
    int stride = s.pick(1, 2, 2);
    int out = x.channels() + s.below(4);
    if (out == x.channels() && stride == 1) {
      out++;
    }
    Dims dims = new Taps(3, 3, stride, 1, -1).of(x.dims(), out);
    boolean normed = s.mayNorm(dims) && s.chance(0.7);
    Norm norm = normed ? null : Norm.NONE;
    Integer step = stride == 1 ? null : (Integer) stride;
    List<Ref> operands = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Ref y =
          switch (s.below(4)) {
            case 0 -> s.add("PaddedShortcut", dims, x, "out", out, "stride", step);
            case 1 ->
                s.add(
                    "Shortcut",
                    dims,
                    x,
                    "out",
                    out,
                    "kernel",
                    s.orNull(0.3, 3),
                    "stride",
                    step,
                    "norm",
                    norm);
            case 2 -> layers.maySelect(dims) ? layers.select(List.of(x), out, stride) : null;
            default -> null;
          };
      operands.add(
          y != null
              ? y
              : s.add(
                  "Conv",
                  dims,
                  x,
                  "out",
                  out,
                  "kernel",
                  3,
                  "stride",
                  step,
                  "norm",
                  norm,
                  "bias",
                  s.parameters.norms() ? null : Bias.NO));
    }
    if (layers.maySelect(dims) && s.chance(0.5)) {
      return layers.select(operands, s.channels(), 1);
    }
    return join(s.pick("Add", "Add", "Multiply", "ShakeShake", "Concat"), operands);
  }

  /** A row of units of a block, which may have stages itself. */
  private Ref stage(Ref x) {
    boolean strided = s.parameters.weights() && s.chance(0.6);
    Sketch block = s.block();
    Joints inside = new Joints(block);
    int repeat = s.pick(1, 2, 2, 3);
    Ref in = new Ref("x", x.dims());
    if (!strided) {
      inside.keepingUnit(in);
      return s.add("Stage", x.dims(), x, "block", block.model(null), "repeat", repeat);
    }
    int width = s.pick(2, 3, 4, 8);
    int stride = Math.min(x.dims().height(), x.dims().width()) > 2 ? s.pick(1, 2) : 1;
    Ref out = inside.stridedUnit(in, width, stride, repeat);
    return s.add(
        "Stage",
        out.dims(),
        x,
        "block",
        block.model(null),
        "width",
        width,
        "repeat",
        repeat == 1 ? null : (Integer) repeat,
        "stride",
        stride == 1 ? null : (Integer) stride);
  }

  private void keepingUnit(Ref x) {
    Ref y = s.mayNest() && s.chance(0.2) ? stageThatKeeps(x) : layers.keeping(x);
    if (s.chance(0.6)) {
      join(s.pick("Add", "Multiply", "ShakeShake"), List.of(operand(x, List.of(x)), y));
    }
  }

  private Ref stageThatKeeps(Ref x) {
    Sketch block = s.block();
    new Joints(block).keepingUnit(new Ref("x", x.dims()));
    return s.add("Stage", x.dims(), x, "block", block.model(null), "repeat", s.pick(1, 2));
  }

  /** The output of the last unit; every unit but the first has the shape of its output as input. */
  private Ref stridedUnit(Ref x, int width, int stride, int repeat) {
    int widths = s.pick(1, 2);
    Dims dims = new Taps(3, 3, stride, 1, -1).of(x.dims(), widths * width);
    boolean normed = s.mayNorm(dims) && s.chance(0.7);
    Norm norm = normed ? null : Norm.NONE;
    Ref y =
        s.add(
            "Conv",
            dims,
            x,
            "widths",
            widths,
            "kernel",
            s.pick(1, 3),
            "strided",
            true,
            "norm",
            norm,
            "bias",
            s.parameters.norms() ? null : Bias.NO);
    y = s.mayNest() && s.chance(0.2) ? stageThatKeeps(y) : layers.keeping(y);
    boolean pads = x.channels() <= dims.channels() && s.chance(0.4);
    Ref other =
        pads
            ? s.add("PaddedShortcut", dims, x, "widths", widths, "strided", true)
            : s.add("Shortcut", dims, x, "widths", widths, "strided", true, "norm", norm);
    return join(s.pick("Add", "Add", "ShakeShake", "Multiply"), List.of(y, other));
  }
}
