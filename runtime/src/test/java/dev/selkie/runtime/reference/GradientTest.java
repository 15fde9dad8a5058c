package dev.selkie.runtime.reference;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.PoolGeometry;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.Fixture;
import dev.selkie.runtime.conformance.Values;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every family but the epilogues (see {@link EpilogueGradientTest}) by central differences. */
class GradientTest {
  private static final Shape SHAPE = new Shape(2, 3, 4, 3);

  @TestFactory
  Stream<DynamicTest> convolution() {
    return Stream.of(
            new ConvGeometry(3, 3, 1, 1, 1, 1, 1),
            new ConvGeometry(3, 3, 2, 1, 1, 1, 2),
            new ConvGeometry(3, 3, 1, 2, 2, 2, 4),
            new ConvGeometry(1, 3, 1, 1, 0, 1, 1),
            new ConvGeometry(1, 1, 2, 1, 0, 0, 1))
        .map(g -> test(g.toString(), () -> Differentiable.check(f -> convolution(f, g))));
  }

  private static Differentiable convolution(Fixture f, ConvGeometry g) {
    int outHeight = (5 + 2 * g.paddingHeight() - g.dilation() * (g.kernelHeight() - 1) - 1);
    int outWidth = (6 + 2 * g.paddingWidth() - g.dilation() * (g.kernelWidth() - 1) - 1);
    Shape out = new Shape(2, outHeight / g.stride() + 1, outWidth / g.stride() + 1, 8);
    Tensor x = f.input("x", new Shape(2, 5, 6, 4));
    Parameter weight =
        f.weight("weight", new Shape(8, g.kernelHeight(), g.kernelWidth(), 4 / g.groups()));
    Parameter bias = f.bias("bias", 8);
    Tensor dy = f.input("dy", out);
    Tensor y = f.output("y", out);
    Tensor dx = f.output("dx", x.shape());
    Ops ops = f.ops();
    return new Differentiable()
        .output(y, dy)
        .input(x, dx)
        .parameters(weight, bias)
        .forward(() -> ops.convolutionBiasForward(y, x, weight, bias, g))
        .backward(
            () -> {
              ops.convolutionBackwardData(dx, dy, weight, g);
              ops.convolutionBackwardWeights(weight, x, dy, g);
              ops.biasBackward(bias, dy);
            });
  }

  /** x is read twice: by a convolution whose gradient overwrites and one whose gradient adds. */
  @Test
  void convolutionBackwardDataAccumulate() {
    ConvGeometry g = new ConvGeometry(3, 3, 1, 1, 1, 1, 1);
    Differentiable.check(
        f -> {
          Tensor x = f.input("x", SHAPE);
          Parameter first = f.weight("first", new Shape(3, 3, 3, 3));
          Parameter second = f.weight("second", new Shape(3, 3, 3, 3));
          Tensor da = f.input("da", SHAPE);
          Tensor db = f.input("db", SHAPE);
          Tensor a = f.output("a", SHAPE);
          Tensor b = f.output("b", SHAPE);
          Tensor dx = f.output("dx", SHAPE);
          Ops ops = f.ops();
          return new Differentiable()
              .output(a, da)
              .output(b, db)
              .input(x, dx)
              .forward(
                  () -> {
                    ops.convolutionForward(a, x, first, g);
                    ops.convolutionForward(b, x, second, g);
                  })
              .backward(
                  () -> {
                    ops.convolutionBackwardData(dx, da, first, g);
                    ops.convolutionBackwardDataAccumulate(dx, db, second, g);
                  });
        });
  }

  @Test
  void dense() {
    Differentiable.check(
        f -> {
          Tensor x = f.input("x", SHAPE);
          Parameter weight = f.weight("weight", new Shape(5, 3, 4, 3));
          Parameter bias = f.bias("bias", 5);
          Tensor dy = f.input("dy", new Shape(2, 1, 1, 5));
          Tensor y = f.output("y", dy.shape());
          Tensor dx = f.output("dx", SHAPE);
          Ops ops = f.ops();
          return new Differentiable()
              .output(y, dy)
              .input(x, dx)
              .parameters(weight, bias)
              .forward(() -> ops.denseBiasForward(y, x, weight, bias))
              .backward(
                  () -> {
                    ops.denseBackwardData(dx, dy, weight);
                    ops.denseBackwardWeights(weight, x, dy);
                    ops.biasBackward(bias, dy);
                  });
        });
  }

  @TestFactory
  Stream<DynamicTest> oneToOne() {
    PoolGeometry padded = new PoolGeometry(3, 2, 1, true);
    PoolGeometry uncounted = new PoolGeometry(3, 2, 1, false);
    Shape pooled = new Shape(2, 2, 2, 3);
    return Stream.of(
        unary(
            "relu",
            SHAPE,
            (ops, y, x) -> ops.reluForward(y, x),
            (ops, dx, dy, y, x) -> ops.reluBackward(dx, dy, y)),
        unary(
            "sigmoid",
            SHAPE,
            (ops, y, x) -> ops.sigmoidForward(y, x),
            (ops, dx, dy, y, x) -> ops.sigmoidBackward(dx, dy, y)),
        unary(
            "averagePool",
            pooled,
            (ops, y, x) -> ops.averagePoolForward(y, x, padded),
            (ops, dx, dy, y, x) -> ops.averagePoolBackward(dx, dy, padded)),
        unary(
            "averagePool, padding not counted",
            pooled,
            (ops, y, x) -> ops.averagePoolForward(y, x, uncounted),
            (ops, dx, dy, y, x) -> ops.averagePoolBackward(dx, dy, uncounted)),
        unary(
            "globalAveragePool",
            new Shape(2, 1, 1, 3),
            (ops, y, x) -> ops.globalAveragePoolForward(y, x),
            (ops, dx, dy, y, x) -> ops.globalAveragePoolBackward(dx, dy)));
  }

  @Test
  void concat() {
    Differentiable.check(
        f -> {
          Shape wide = new Shape(2, 3, 4, 5);
          Tensor a = f.input("a", SHAPE);
          Tensor b = f.input("b", wide);
          Tensor dy = f.input("dy", new Shape(2, 3, 4, 8));
          Tensor y = f.output("y", dy.shape());
          Tensor da = f.output("da", SHAPE);
          Tensor db = f.output("db", wide);
          Ops ops = f.ops();
          return new Differentiable()
              .output(y, dy)
              .input(a, da)
              .input(b, db)
              .forward(
                  () -> {
                    ops.concatForward(y, a, 0);
                    ops.concatForward(y, b, 3);
                  })
              .backward(
                  () -> {
                    ops.concatBackward(da, dy, 0);
                    ops.concatBackward(db, dy, 3);
                  });
        });
  }

  @Test
  void maxPool() {
    PoolGeometry g = new PoolGeometry(3, 2, 1, true);
    Differentiable.check(
        f -> {
          Tensor x = f.input("x", SHAPE);
          Tensor dy = f.input("dy", new Shape(2, 2, 2, 3));
          Tensor y = f.output("y", dy.shape());
          Tensor winners = f.scratch("winners", dy.shape(), Element.UINT8);
          Tensor dx = f.output("dx", SHAPE);
          Ops ops = f.ops();
          return new Differentiable()
              .output(y, dy)
              .input(x, dx)
              .forward(() -> ops.maxPoolForward(y, winners, x, g))
              .backward(() -> ops.maxPoolBackward(dx, dy, winners, g));
        });
  }

  @Test
  void dropout() {
    Differentiable.check(
        f -> {
          Tensor x = f.input("x", SHAPE);
          Tensor dy = f.input("dy", SHAPE);
          Tensor y = f.output("y", SHAPE);
          Tensor mask = f.scratch("mask", SHAPE, Element.BIT);
          Tensor dx = f.output("dx", SHAPE);
          Ops ops = f.ops();
          ops.seed(3);
          return new Differentiable()
              .output(y, dy)
              .input(x, dx)
              .forward(() -> ops.dropoutForward(y, mask, x, 0.4f, 2))
              .backward(() -> ops.dropoutBackward(dx, dy, mask, 0.4f));
        });
  }

  @TestFactory
  Stream<DynamicTest> multiply() {
    return Stream.of(SHAPE, new Shape(2, 1, 1, 3))
        .map(b -> test("by " + b, () -> Differentiable.check(f -> multiply(f, b))));
  }

  private static Differentiable multiply(Fixture f, Shape factor) {
    Tensor a = f.input("a", SHAPE);
    Tensor b = f.input("b", factor);
    Tensor dy = f.input("dy", SHAPE);
    Tensor y = f.output("y", SHAPE);
    Tensor da = f.output("da", SHAPE);
    Tensor db = f.output("db", factor);
    Ops ops = f.ops();
    return new Differentiable()
        .output(y, dy)
        .input(a, da)
        .input(b, db)
        .forward(() -> ops.multiplyForward(y, a, b))
        .backward(() -> ops.multiplyBackward(da, db, dy, a, b));
  }

  @TestFactory
  Stream<DynamicTest> softmaxCrossEntropy() {
    return Stream.of(0f, 0.1f)
        .map(e -> test("smoothing " + e, () -> Differentiable.check(f -> loss(f, e))));
  }

  private static Differentiable loss(Fixture f, float smoothing) {
    Tensor logits = f.input("logits", new Shape(4, 1, 1, 7));
    Tensor labels = f.input("labels", new Shape(4, 1, 1, 1), Values.below(7));
    Tensor share = f.input("1/N", labels.shape(), random -> 0.25);
    Tensor loss = f.output("loss", labels.shape());
    Tensor dLogits = f.output("dLogits", logits.shape());
    Tensor unused = f.output("unused", logits.shape());
    Ops ops = f.ops();
    return new Differentiable()
        .output(loss, share)
        .input(logits, dLogits)
        .forward(() -> ops.softmaxCrossEntropy(loss, unused, logits, labels, smoothing))
        .backward(() -> ops.softmaxCrossEntropy(loss, dLogits, logits, labels, smoothing));
  }

  private interface Forward {
    void run(Ops ops, Tensor y, Tensor x);
  }

  private interface Backward {
    void run(Ops ops, Tensor dx, Tensor dy, Tensor y, Tensor x);
  }

  private static DynamicTest unary(String name, Shape out, Forward forward, Backward backward) {
    return test(
        name,
        () ->
            Differentiable.check(
                f -> {
                  Tensor x = f.input("x", SHAPE);
                  Tensor dy = f.input("dy", out);
                  Tensor y = f.output("y", out);
                  Tensor dx = f.output("dx", SHAPE);
                  Ops ops = f.ops();
                  return new Differentiable()
                      .output(y, dy)
                      .input(x, dx)
                      .forward(() -> forward.run(ops, y, x))
                      .backward(() -> backward.run(ops, dx, dy, y, x));
                }));
  }

  private static DynamicTest test(String name, Runnable body) {
    return DynamicTest.dynamicTest(name, body::run);
  }
}
