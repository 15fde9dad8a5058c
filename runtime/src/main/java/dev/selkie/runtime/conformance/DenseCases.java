package dev.selkie.runtime.conformance;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Dense layers and the loss behind them. */
final class DenseCases {
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 1, 1, 1),
          new Shape(5, 1, 1, 64),
          new Shape(2, 3, 3, 20),
          new Shape(1, 7, 7, 8),
          new Shape(2, 16, 16, 3));

  private DenseCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (Shape shape : SHAPES) {
      for (int out : new int[] {1, 10, 64}) {
        String sizes = ": %s to %d".formatted(shape, out);
        cases.add(new OpCase("dense" + sizes, f -> dense(f, shape, out)));
        cases.add(new OpCase("denseBiasForward" + sizes, f -> biased(f, shape, out)));
      }
    }
    for (int n : new int[] {1, 2, 5}) {
      for (int classes : new int[] {2, 10, 1000}) {
        for (float smoothing : new float[] {0f, 0.1f}) {
          String sizes = ": %d of %d classes, smoothing %s".formatted(n, classes, smoothing);
          cases.add(
              new OpCase(
                  "softmaxCrossEntropy" + sizes,
                  f -> loss(f, n, classes, smoothing, Values.NORMAL)));
          cases.add(
              new OpCase(
                  "softmaxCrossEntropy of large logits" + sizes,
                  f -> loss(f, n, classes, smoothing, Values.LARGE)));
        }
      }
    }
    return cases;
  }

  private static void dense(Fixture f, Shape shape, int out) {
    Parameter weight = f.weight("weight", weight(shape, out));
    Tensor x = f.input("x", shape);
    Tensor dy = f.input("dy", new Shape(shape.batch(), 1, 1, out));
    Tensor y = f.output("y", dy.shape());
    Tensor dx = f.output("dx", shape);
    f.ops().denseForward(y, x, weight);
    f.ops().denseBackwardData(dx, dy, weight);
    f.ops().denseBackwardWeights(weight, x, dy);
  }

  private static void biased(Fixture f, Shape shape, int out) {
    Parameter weight = f.weight("weight", weight(shape, out));
    Parameter bias = f.bias("bias", out);
    Tensor x = f.input("x", shape);
    Tensor y = f.output("y", new Shape(shape.batch(), 1, 1, out));
    f.ops().denseBiasForward(y, x, weight, bias);
  }

  private static void loss(Fixture f, int n, int classes, float smoothing, Values values) {
    Tensor logits = f.input("logits", new Shape(n, 1, 1, classes), values);
    Tensor labels = f.floatInput("labels", new Shape(n, 1, 1, 1), Values.below(classes));
    Tensor loss = f.floatOutput("loss", labels.shape());
    Tensor dLogits = f.scaledOutput("dLogits", logits.shape());
    f.ops().softmaxCrossEntropy(loss, dLogits, logits, labels, smoothing);
  }

  private static Shape weight(Shape x, int out) {
    return new Shape(out, x.height(), x.width(), x.channels());
  }
}
