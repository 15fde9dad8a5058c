package dev.selkie.random;

import dev.selkie.annotation.Activation;
import dev.selkie.annotation.Bias;
import dev.selkie.annotation.Gate;
import dev.selkie.annotation.Norm;
import dev.selkie.annotation.Scale;
import dev.selkie.annotation.Squeeze;
import dev.selkie.random.Sketch.Ref;
import dev.selkie.random.Windows.Pool;
import dev.selkie.random.Windows.Taps;
import java.util.ArrayList;
import java.util.List;

/** Draws layers of one input, each legal where it stands. */
final class Layers {
  private final Sketch s;

  Layers(Sketch sketch) {
    this.s = sketch;
  }

  /** A layer that keeps the shape. */
  Ref keeping(Ref x) {
    int c = x.channels();
    return switch (s.below(s.parameters.weights() ? 17 : 12)) {
      case 0 -> s.add("Relu", x.dims(), x);
      case 1 -> s.add("Sigmoid", x.dims(), x);
      case 2 -> s.add("Dropout", x.dims(), x, "rate", s.pick(0.0, 0.1, 0.5, 0.9));
      case 3 -> s.add("Times", x.dims(), x, "factor", s.pick(-1.5, 0.1, 2.0));
      case 4 -> s.add("ChannelShuffle", x.dims(), x, "groups", s.divisor(c));
      case 5 -> s.add("Shortcut", x.dims(), x, "out", c);
      case 6 -> s.add("PaddedShortcut", x.dims(), x, "out", c);
      case 7 -> s.add("MaxPool", x.dims(), x, "kernel", s.pick(1, 3), "stride", 1);
      case 8 ->
          s.add(
              "AveragePool",
              x.dims(),
              x,
              "kernel",
              s.pick(3, 5),
              "stride",
              1,
              "countPadding",
              s.orNull(0.5, s.chance(0.5)));
      case 9, 10, 11 -> norm(x);
      case 12, 13 -> excite(x);
      case 14 -> maySelect(x.dims()) ? select(List.of(x), c, 1) : excite(x);
      default -> convolution(x, c, true);
    };
  }

  Ref norm(Ref x) {
    if (!s.mayNorm(x.dims())) {
      return s.add("Relu", x.dims(), x);
    }
    return s.add("BatchNorm", x.dims(), x, "scale", scale(), "activation", activation());
  }

  Ref excite(Ref x) {
    return s.add(
        "SqueezeExcite",
        x.dims(),
        x,
        "reduction",
        s.pick(1, 2, 4, 16),
        "minimum",
        s.orNull(0.4, s.pick(1, 2, 3)),
        "bias",
        s.parameters.norms() ? s.orNull(0.5, s.pick(Bias.values())) : Bias.NO,
        "squeeze",
        s.orNull(0.3, Squeeze.MAX),
        "gate",
        s.orNull(0.4, s.pick(Gate.values())));
  }

  /** A convolution of any kind, or one that keeps height and width. */
  Ref convolution(Ref x, int out, boolean keeps) {
    Taps taps = taps(x.dims(), keeps);
    boolean depthwise = s.chance(0.2);
    int c = x.channels();
    int made = depthwise ? c * (keeps && out != c ? 1 : s.pick(1, 1, 2)) : out;
    if (keeps && made != out) {
      made = out;
      depthwise = out % c == 0;
    }
    boolean square = taps.kernelHeight() == taps.kernelWidth();
    Dims dims = taps.of(x.dims(), made);
    boolean normed = s.mayNorm(dims) && s.chance(0.6);
    return s.add(
        "Conv",
        dims,
        x,
        "out",
        depthwise && made == c ? s.orNull(0.3, c) : (Integer) made,
        "kernel",
        square && taps.kernelHeight() > 1 ? (Integer) taps.kernelHeight() : null,
        "kernelHeight",
        square || taps.kernelHeight() == 1 ? null : (Integer) taps.kernelHeight(),
        "kernelWidth",
        square || taps.kernelWidth() == 1 ? null : (Integer) taps.kernelWidth(),
        "stride",
        taps.stride() == 1 ? null : (Integer) taps.stride(),
        "dilation",
        taps.dilation() == 1 ? null : (Integer) taps.dilation(),
        "padding",
        taps.padding() < 0 ? null : (Integer) taps.padding(),
        "groups",
        depthwise ? (Integer) (-1) : s.orNull(0.3, s.divisor(c, made)),
        "bias",
        s.parameters.norms() ? s.orNull(0.4, s.pick(Bias.values())) : Bias.NO,
        "norm",
        normed ? null : Norm.NONE,
        "scale",
        normed ? scale() : null,
        "activation",
        s.orNull(0.6, s.pick(Activation.values())));
  }

  private Taps taps(Dims x, boolean keeps) {
    if (keeps) {
      int kernel = s.pick(1, 3, 3, 5);
      int other = s.chance(0.15) ? s.pick(1, 3, 7) : kernel;
      return new Taps(kernel, other, 1, kernel > 1 && s.chance(0.2) ? s.pick(2, 3) : 1, -1);
    }
    while (true) {
      int kernel = s.pick(1, 2, 3, 3, 3, 4, 5);
      int other = s.chance(0.15) ? s.pick(1, 2, 5) : kernel;
      Taps taps =
          new Taps(
              kernel,
              other,
              s.pick(1, 2, 2, 3),
              s.chance(0.2) ? 2 : 1,
              s.chance(0.5) ? -1 : s.below(3));
      Dims dims = taps.of(x, 1);
      if (dims.height() > 0 && dims.width() > 0) {
        return taps;
      }
    }
  }

  /** A pool of any kind. */
  Ref pool(Ref x) {
    boolean average = s.chance(0.5);
    while (true) {
      int kernel = s.pick(2, 3, 3, 4);
      int padding = s.chance(0.5) ? -1 : s.below(kernel / 2 + 1);
      boolean ceil = s.chance(0.3);
      int stride = s.pick(1, 2, 2, 3, kernel);
      Dims dims = new Pool(kernel, stride, padding, ceil).of(x.dims());
      if (dims.height() < 1 || dims.width() < 1) {
        continue;
      }
      boolean alone = average && ceil && padding != 0;
      return s.add(
          average ? "AveragePool" : "MaxPool",
          dims,
          x,
          "kernel",
          kernel,
          "stride",
          stride == kernel && s.chance(0.5) ? null : (Integer) stride,
          "padding",
          padding < 0 ? null : (Integer) padding,
          "ceil",
          ceil ? (Boolean) true : null,
          "countPadding",
          alone ? (Boolean) false : average ? s.orNull(0.5, s.chance(0.5)) : null);
    }
  }

  /** Whether there are enough images too: the hidden units' norm has one value for each. */
  boolean maySelect(Dims output) {
    return s.parameters == Sketch.Parameters.ALL && s.mayNorm(output) && s.batch >= 8;
  }

  /** A selective kernel of one input, or of one for each branch. */
  Ref select(List<Ref> xs, int out, int stride) {
    Dims dims = new Taps(3, 3, stride, 1, -1).of(xs.get(0).dims(), out);
    int branches = xs.size() > 1 ? xs.size() : s.pick(2, 3);
    boolean same = s.chance(0.5);
    List<Integer> groups = new ArrayList<>();
    List<Integer> kernels = new ArrayList<>();
    for (int m = 0; m < branches; m++) {
      groups.add(s.divisor(xs.get(xs.size() > 1 ? m : 0).channels(), out));
      kernels.add(s.pick(1, 3, 5));
    }
    return s.add(
        "SelectiveKernel",
        dims,
        xs,
        "out",
        out,
        "branches",
        branches == 2 ? s.orNull(0.3, 2) : (Integer) branches,
        "kernels",
        s.chance(0.5) ? null : same ? kernels.subList(0, 1) : kernels,
        "dilations",
        s.chance(0.7) ? null : s.chance(0.5) ? List.of(2) : List.of(1, 3, 2).subList(0, branches),
        "groups",
        s.chance(0.5) ? List.of(1) : groups,
        "reduction",
        s.orNull(0.5, s.pick(2, 4)),
        "minimum",
        s.pick(1, 4, 8),
        "stride",
        stride == 1 ? null : (Integer) stride);
  }

  Scale scale() {
    return s.orNull(0.15, Scale.ZERO);
  }

  Activation activation() {
    return s.orNull(0.5, s.pick(Activation.values()));
  }
}
