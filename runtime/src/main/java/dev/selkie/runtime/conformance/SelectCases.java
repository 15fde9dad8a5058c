package dev.selkie.runtime.conformance;

import dev.selkie.runtime.Branch;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Selective kernels: their convolutions, whole units behind them, inference. */
final class SelectCases {
  /**
   * Of the branches' outputs, for whole units. The hidden units' norm has one value per sample; a
   * few could by chance be nearly one value, and then its gradient is nothing but rounding.
   */
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(16, 3, 3, 3),
          new Shape(12, 7, 7, 8),
          new Shape(11, 3, 5, 20),
          new Shape(8, 5, 5, 64),
          new Shape(13, 1, 1, 8));

  /** For the forward pass. */
  private static final List<Shape> FEW =
      List.of(new Shape(1, 7, 7, 8), new Shape(5, 3, 3, 64), new Shape(4, 5, 3, 20));

  private static final List<Shape> INFERENCE =
      List.of(
          new Shape(1, 1, 1, 3),
          new Shape(2, 5, 3, 20),
          new Shape(5, 7, 7, 8),
          new Shape(1, 3, 3, 64));

  private SelectCases() {}

  /** Convolutions of one input. */
  private record Split(String name, Shape x, int out, ConvGeometry... geometries) {
    Shape y() {
      ConvGeometry first = geometries[0];
      return new Shape(
          x.batch(),
          (x.height() - 1) / first.stride() + 1,
          (x.width() - 1) / first.stride() + 1,
          out);
    }

    Selection selection(Fixture f) {
      List<Branch> branches = new ArrayList<>();
      for (int m = 0; m < geometries.length; m++) {
        branches.add(f.branch("branch" + m, x.batch(), out, x.channels(), geometries[m]));
      }
      return f.selection("selection", x.batch(), out, 4, true, branches);
    }
  }

  private static final List<Split> SPLITS =
      List.of(
          new Split("dense", new Shape(2, 7, 7, 8), 8, taps(3, 1, 1, 1), taps(3, 1, 2, 1)),
          new Split("one sample", new Shape(1, 5, 5, 3), 20, taps(3, 1, 1, 1), taps(3, 1, 3, 1)),
          new Split(
              "three branches",
              new Shape(5, 5, 9, 8),
              20,
              taps(3, 1, 1, 4),
              taps(3, 1, 2, 4),
              taps(3, 1, 3, 4)),
          new Split(
              "groups of two", new Shape(2, 7, 7, 64), 64, taps(3, 1, 1, 32), taps(3, 1, 2, 32)),
          new Split("strided", new Shape(2, 7, 7, 64), 64, taps(3, 2, 1, 4), taps(3, 2, 2, 4)),
          new Split(
              "true kernels",
              new Shape(1, 9, 9, 64),
              64,
              taps(3, 1, 1, 8),
              taps(5, 1, 1, 16),
              taps(7, 1, 1, 32)),
          new Split(
              "groups of eight", new Shape(2, 9, 9, 64), 64, taps(3, 1, 1, 8), taps(3, 1, 2, 8)),
          new Split(
              "three branches in groups of four",
              new Shape(1, 7, 5, 40),
              40,
              taps(3, 1, 3, 10),
              taps(3, 1, 1, 10),
              taps(3, 1, 2, 10)),
          new Split("pointwise", new Shape(2, 3, 3, 20), 8, taps(1, 1, 1, 1), taps(3, 1, 1, 2)));

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (Split split : SPLITS) {
      String sizes = " %s: %s to %s".formatted(split.name(), split.x(), split.y());
      cases.add(new OpCase("selectConvolutionForward" + sizes, f -> convolutions(f, split)));
    }
    for (int branches = 2; branches <= 3; branches++) {
      int size = branches;
      for (Shape shape : SHAPES) {
        String of = "%d branches: %s".formatted(size, shape);
        cases.add(new OpCase("select " + of, f -> unit(f, size, shape, true)));
      }
      for (Shape shape : FEW) {
        String of = "%d branches: %s".formatted(size, shape);
        cases.add(new OpCase("select forward of " + of, f -> forward(f, size, shape)));
      }
      for (Shape shape : INFERENCE) {
        String of = "%d branches: %s".formatted(size, shape);
        cases.add(new OpCase("select in inference of " + of, f -> inference(f, size, shape)));
      }
      Shape alone = FEW.get(0);
      String name = "select one sample of %d branches: %s".formatted(size, alone);
      cases.add(new OpCase(name, f -> unit(f, size, alone, false)));
    }
    return cases;
  }

  private static void convolutions(Fixture f, Split split) {
    Selection selection = split.selection(f);
    Tensor x = f.input("x", split.x());
    List<Tensor> ys = new ArrayList<>();
    for (int m = 0; m < selection.size(); m++) {
      ys.add(f.output("y" + m, split.y()));
    }
    f.ops().selectConvolutionForward(ys, selection, x);
  }

  private static void unit(Fixture f, int size, Shape shape, boolean dependsOnX) {
    Selection selection = pointwise(f, size, shape, dependsOnX);
    List<Tensor> xs = inputs(f, size, shape, Values.UNEVEN);
    Tensor out = f.output("out", shape);
    Tensor dOut = f.input("dOut", shape);
    List<Tensor> dxs = new ArrayList<>();
    for (int m = 0; m < size; m++) {
      dxs.add(f.output("dx" + m, shape));
    }
    Ops ops = f.ops();
    forward(ops, out, xs, selection);
    ops.selectBackwardSums(selection, dOut, xs);
    ops.selectBackwardStatistics(selection, shape.positions());
    ops.selectBackward(dxs, dOut, xs, selection);
  }

  private static void forward(Fixture f, int size, Shape shape) {
    Selection selection = pointwise(f, size, shape, true);
    List<Tensor> xs = inputs(f, size, shape, Values.OFF_CENTRE);
    Tensor out = f.output("out", shape);
    forward(f.ops(), out, xs, selection);
  }

  static void forward(Ops ops, Tensor out, List<Tensor> xs, Selection selection) {
    int positions = out.shape().positions();
    for (int m = 0; m < xs.size(); m++) {
      ops.batchNormMoments(selection.branches().get(m).norm(), xs.get(m));
    }
    ops.selectStatistics(selection, positions);
    ops.selectSqueeze(selection, xs);
    ops.selectFuse(selection, positions);
    ops.selectForward(out, xs, selection);
  }

  private static void inference(Fixture f, int size, Shape shape) {
    Selection selection = pointwise(f, size, shape, true);
    List<Tensor> xs = inputs(f, size, shape, Values.RECTIFIED);
    Tensor out = f.output("out", shape);
    f.ops().selectFuseInference(selection, xs);
    f.ops().selectInference(out, xs, selection);
  }

  /** For verbs behind the convolutions: the smallest of these will do. */
  static Selection pointwise(Fixture f, int size, Shape shape, boolean dependsOnX) {
    int n = shape.batch();
    int c = shape.channels();
    List<Branch> branches = new ArrayList<>();
    for (int m = 0; m < size; m++) {
      branches.add(f.branch("branch" + m, n, c, 1, taps(1, 1, 1, 1)));
    }
    return f.selection("selection", n, c, 8 + c / 8, dependsOnX, branches);
  }

  private static List<Tensor> inputs(Fixture f, int size, Shape shape, Values values) {
    List<Tensor> xs = new ArrayList<>();
    for (int m = 0; m < size; m++) {
      xs.add(f.input("x" + m, shape, values));
    }
    return xs;
  }

  private static ConvGeometry taps(int kernel, int stride, int dilation, int groups) {
    int padding = dilation * (kernel - 1) / 2;
    return new ConvGeometry(kernel, kernel, stride, dilation, padding, padding, groups);
  }
}
