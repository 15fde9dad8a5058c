package dev.selkie.runtime.conformance;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;

final class ConvolutionCases {
  /** Every kind of geometry, each as small as shows it. */
  static final List<Sizes> SIZES =
      List.of(
          new Sizes("one value", 1, 1, 1, 1, 1, square(1, 1, 1, 0, 1)),
          new Sizes("pointwise", 2, 16, 16, 20, 8, square(1, 1, 1, 0, 1)),
          new Sizes("pointwise strided", 2, 7, 7, 64, 20, square(1, 2, 1, 0, 1)),
          new Sizes("3x3", 2, 7, 7, 3, 8, square(3, 1, 1, 1, 1)),
          new Sizes("3x3 deep", 1, 7, 7, 64, 64, square(3, 1, 1, 1, 1)),
          new Sizes("3x3 strided", 5, 3, 3, 8, 20, square(3, 2, 1, 1, 1)),
          new Sizes("3x3 unpadded", 5, 3, 3, 20, 3, square(3, 1, 1, 0, 1)),
          new Sizes("oblong image", 2, 5, 9, 8, 8, square(3, 2, 1, 1, 1)),
          new Sizes("stem 7x7", 1, 15, 15, 3, 8, square(7, 2, 1, 3, 1)),
          new Sizes("grouped", 2, 7, 7, 64, 64, square(3, 1, 1, 1, 32)),
          new Sizes("grouped unequal", 2, 3, 3, 8, 20, square(3, 1, 1, 1, 4)),
          new Sizes("depthwise", 2, 9, 9, 8, 8, square(3, 2, 1, 1, 8)),
          new Sizes("dilated", 2, 7, 7, 8, 8, square(3, 1, 2, 2, 1)),
          new Sizes("dilated grouped", 2, 7, 7, 20, 20, square(3, 1, 2, 2, 5)),
          new Sizes("4 in a group", 2, 7, 7, 40, 40, square(3, 1, 1, 1, 10)),
          new Sizes("4 in a group, dilated, strided", 5, 9, 7, 8, 8, square(3, 2, 2, 2, 2)),
          new Sizes("8 in a group, dilated", 2, 7, 7, 40, 40, square(3, 1, 2, 2, 5)),
          new Sizes("8 in a group, strided", 1, 9, 13, 16, 16, square(3, 2, 1, 1, 2)),
          new Sizes("16 in a group, dilated by 3", 1, 7, 5, 48, 48, square(3, 1, 3, 3, 3)),
          new Sizes("16 in a group, strided", 2, 1, 6, 32, 32, square(3, 2, 1, 1, 2)),
          new Sizes("32 in a group", 1, 7, 7, 64, 64, square(3, 1, 1, 1, 2)),
          new Sizes("32 in a group, dilated by 3, strided", 2, 5, 5, 32, 32, square(3, 2, 3, 3, 1)),
          new Sizes("1x7", 2, 7, 7, 3, 8, new ConvGeometry(1, 7, 1, 1, 0, 3, 1)),
          new Sizes("7x1", 2, 7, 7, 3, 8, new ConvGeometry(7, 1, 1, 1, 3, 0, 1)),
          new Sizes("2x2 leaves a rest", 2, 5, 5, 8, 20, square(2, 2, 1, 0, 1)),
          new Sizes("5x5 on 3x3", 2, 3, 3, 3, 8, square(5, 1, 1, 2, 1)));

  private ConvolutionCases() {}

  /** One convolution. */
  record Sizes(String name, int n, int h, int w, int in, int out, ConvGeometry geometry) {
    Shape x() {
      return new Shape(n, h, w, in);
    }

    Shape weight() {
      int kernelHeight = geometry.kernelHeight();
      return new Shape(out, kernelHeight, geometry.kernelWidth(), in / geometry.groups());
    }

    Shape y() {
      return new Shape(
          n,
          outputs(h, geometry.kernelHeight(), geometry.paddingHeight()),
          outputs(w, geometry.kernelWidth(), geometry.paddingWidth()),
          out);
    }

    private int outputs(int size, int kernel, int padding) {
      int reach = geometry.dilation() * (kernel - 1) + 1;
      return (size + 2 * padding - reach) / geometry.stride() + 1;
    }

    OpCase of(String verb, java.util.function.Consumer<Fixture> body) {
      return new OpCase("%s %s: %s to %s".formatted(verb, name, x(), y()), body);
    }
  }

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (Sizes s : SIZES) {
      cases.add(s.of("convolutionForward", f -> forward(f, s)));
      cases.add(s.of("convolutionBiasForward", f -> biasForward(f, s)));
      cases.add(s.of("convolutionBackwardData", f -> backwardData(f, s)));
      cases.add(s.of("convolutionBackwardDataAccumulate", f -> backwardDataAccumulate(f, s)));
      cases.add(s.of("convolutionBackwardWeights", f -> backwardWeights(f, s)));
      cases.add(s.of("biasBackward", f -> biasBackward(f, s)));
    }
    return cases;
  }

  private static void forward(Fixture f, Sizes s) {
    Tensor x = f.input("x", s.x());
    Parameter weight = f.weight("weight", s.weight());
    Tensor y = f.output("y", s.y());
    f.ops().convolutionForward(y, x, weight, s.geometry());
  }

  private static void biasForward(Fixture f, Sizes s) {
    Tensor x = f.input("x", s.x());
    Parameter weight = f.weight("weight", s.weight());
    Parameter bias = f.bias("bias", s.out());
    Tensor y = f.output("y", s.y());
    f.ops().convolutionBiasForward(y, x, weight, bias, s.geometry());
  }

  private static void backwardData(Fixture f, Sizes s) {
    Tensor dy = f.input("dy", s.y());
    Parameter weight = f.weight("weight", s.weight());
    Tensor dx = f.output("dx", s.x());
    f.ops().convolutionBackwardData(dx, dy, weight, s.geometry());
  }

  private static void backwardDataAccumulate(Fixture f, Sizes s) {
    Tensor dy = f.input("dy", s.y());
    Parameter weight = f.weight("weight", s.weight());
    Tensor dx = f.updated("dx", s.x());
    f.ops().convolutionBackwardDataAccumulate(dx, dy, weight, s.geometry());
  }

  private static void backwardWeights(Fixture f, Sizes s) {
    Tensor x = f.input("x", s.x());
    Tensor dy = f.input("dy", s.y());
    Parameter weight = f.weight("weight", s.weight());
    f.ops().convolutionBackwardWeights(weight, x, dy, s.geometry());
  }

  private static void biasBackward(Fixture f, Sizes s) {
    Tensor dy = f.input("dy", s.y());
    Parameter bias = f.bias("bias", s.out());
    f.ops().biasBackward(bias, dy);
  }

  private static ConvGeometry square(
      int kernel, int stride, int dilation, int padding, int groups) {
    return new ConvGeometry(kernel, kernel, stride, dilation, padding, padding, groups);
  }
}
