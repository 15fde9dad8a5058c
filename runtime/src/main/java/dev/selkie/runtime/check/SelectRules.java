package dev.selkie.runtime.check;

import dev.selkie.runtime.Branch;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.List;

/** Selective kernels: a tensor for each branch, all of one shape. */
interface SelectRules extends Ops {
  @Override
  default void selectConvolutionForward(List<Tensor> ys, Selection selection, Tensor x) {
    branches(selection, ys);
    for (int m = 0; m < ys.size(); m++) {
      Branch branch = selection.branches().get(m);
      ConvolutionRules.convolution(ys.get(m), x, branch.weight(), branch.geometry());
      Require.apart(ys.get(m), x);
      apart(ys.get(m), ys.subList(0, m));
    }
  }

  @Override
  default void selectStatistics(Selection selection, int positions) {
    byItself(selection, positions);
  }

  @Override
  default void selectSqueeze(Selection selection, List<Tensor> xs) {
    branches(selection, xs);
    apart(selection.counts(), xs);
  }

  @Override
  default void selectFuse(Selection selection, int positions) {
    byItself(selection, positions);
  }

  @Override
  default void selectForward(Tensor out, List<Tensor> xs, Selection selection) {
    branches(selection, xs);
    Require.same(xs.get(0), out);
    apart(out, xs);
  }

  @Override
  default void selectBackwardSums(Selection selection, Tensor dOut, List<Tensor> xs) {
    branches(selection, xs);
    Require.same(xs.get(0), dOut);
    Require.apart(selection.sums(), dOut);
    apart(selection.sums(), xs);
  }

  @Override
  default void selectBackwardStatistics(Selection selection, int positions) {
    byItself(selection, positions);
  }

  @Override
  default void selectBackward(List<Tensor> dxs, Tensor dOut, List<Tensor> xs, Selection selection) {
    branches(selection, xs);
    branches(selection, dxs);
    Require.same(xs.get(0), dOut, dxs.get(0));
    for (int m = 0; m < dxs.size(); m++) {
      Require.apart(dxs.get(m), dOut);
      apart(dxs.get(m), xs);
      apart(dxs.get(m), dxs.subList(0, m));
    }
  }

  @Override
  default void selectFuseInference(Selection selection, List<Tensor> xs) {
    branches(selection, xs);
    apart(selection.squeeze(), xs);
  }

  @Override
  default void selectInference(Tensor out, List<Tensor> xs, Selection selection) {
    selectForward(out, xs, selection);
  }

  private static void apart(Tensor output, List<Tensor> others) {
    Require.apart(output, others.toArray(Tensor[]::new));
  }

  /** One tensor for each branch, whose samples and channels all that is small belongs to. */
  private static void branches(Selection selection, List<Tensor> tensors) {
    Require.that(
        tensors.size() == selection.size(),
        "there are %d tensors for %d branches; give one for each",
        tensors.size(),
        selection.size());
    several(selection);
    Tensor first = tensors.get(0);
    Require.same(first, tensors.toArray(Tensor[]::new));
    selection(selection, first.shape().batch(), first.shape().channels());
  }

  private static void byItself(Selection selection, int positions) {
    Require.atLeast("the number of positions", 1, positions);
    several(selection);
    Require.that(selection.squeeze() != null, "squeeze is null");
    Shape squeeze = selection.squeeze().shape();
    selection(selection, squeeze.batch(), squeeze.channels());
  }

  private static void several(Selection selection) {
    Require.atLeast("the number of branches", 2, selection.size());
  }

  /** N samples of C channels, as {@link Selection} states the shapes. */
  private static void selection(Selection s, int n, int c) {
    int m = s.size();
    for (Branch branch : s.branches()) {
      branch(branch, n, c);
    }
    Require.that(s.hidden() != null, "hidden is null; only an optional component may be");
    int d = s.hidden().shape().channels();
    Shape units = new Shape(n, 1, 1, d);
    Require.part("hidden", s.hidden(), units);
    Require.part("linear", s.linear(), units);
    Require.part("statistics", s.statistics(), new Shape(1, 1, 4, d));
    Require.parameter("squeeze's weight", s.squeezeWeight(), new Shape(d, 1, 1, c));
    Require.parameter("selection's weight", s.selectWeight(), new Shape(m * c, 1, 1, d));
    Require.vector("scale", s.scale(), d);
    Require.vector("shift", s.shift(), d);
    Require.vector("running mean", s.runningMean(), d);
    Require.vector("running variance", s.runningVariance(), d);
    Require.part("counts", s.counts(), new Shape(n, 1, 2 * m, c));
    Require.part("sums", s.sums(), new Shape(n, 1, 2 * m, c));
    Require.part("weights", s.weights(), new Shape(n, 1, m, c));
    Require.part("squeeze", s.squeeze(), new Shape(n, 1, 1, c));
    Require.part("squeeze's gradient", s.dSqueeze(), new Shape(n, 1, 1, c));
  }

  private static void branch(Branch branch, int n, int c) {
    NormShapes.norm(branch.norm(), n, c);
    Require.that(
        branch.weight() != null && branch.weight().value() != null,
        "the weight of a branch is null");
    ConvGeometry g = branch.geometry();
    int in = branch.weight().value().shape().channels();
    Require.parameter(
        "weight of a branch", branch.weight(), new Shape(c, g.kernelHeight(), g.kernelWidth(), in));
  }
}
