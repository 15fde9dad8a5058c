package dev.selkie.runtime.conformance;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * Every verb of several inputs where two of them are one tensor: the sum of a value with itself, a
 * norm beside its own input, a convolution's input that is its residual too. Gradients of the two
 * are two tensors all the same.
 */
final class SameInputCases {
  /** One value, odd sizes, and more values than a tile or a block of threads holds. */
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 1, 1, 1),
          new Shape(5, 3, 3, 3),
          new Shape(2, 7, 7, 20),
          new Shape(2, 16, 16, 8),
          new Shape(5, 1, 1, 64));

  private SameInputCases() {}

  /** In what way two inputs are one. */
  private enum Same {
    TENSOR((f, tensor) -> tensor),
    MEMORY(Fixture::again);

    private final BiFunction<Fixture, Tensor, Tensor> second;

    Same(BiFunction<Fixture, Tensor, Tensor> second) {
      this.second = second;
    }

    Tensor as(Fixture f, Tensor first) {
      return second.apply(f, first);
    }
  }

  /** Calls verbs on tensors of a shape. */
  private interface Body {
    void accept(Fixture f, Shape shape, Same same);
  }

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (Shape shape : SHAPES) {
      each(cases, "addForward", shape, SameInputCases::add);
      each(cases, "addForward in place", shape, SameInputCases::addInPlace);
      each(cases, "multiply", shape, SameInputCases::multiply);
      each(cases, "shakeShake", shape, SameInputCases::shake);
      each(cases, "concat", shape, SameInputCases::concat);
      each(cases, "reluBackward", shape, SameInputCases::reluBackward);
      each(cases, "sigmoidBackward", shape, SameInputCases::sigmoidBackward);
      each(cases, "exciteBackward", shape, SameInputCases::excite);
      each(cases, "convolutionBackwardWeights", shape, SameInputCases::convolutionWeights);
      each(cases, "denseBackwardWeights", shape, SameInputCases::denseWeights);
      each(cases, "select in inference", shape, SameInputCases::selectInference);
      for (Activation a : Activation.values()) {
        each(cases, "convolutionAddInference " + a, shape, (f, s, t) -> convolution(f, s, t, a));
        each(cases, "batchNormAddInference " + a, shape, (f, s, t) -> normInference(f, s, t, a));
        each(cases, "scaleAddInference " + a, shape, (f, s, t) -> scaleInference(f, s, t, a));
      }
    }
    for (EpilogueUnit unit : EpilogueUnit.all()) {
      if (unit.residual() != EpilogueUnit.Residual.NONE) {
        for (Shape shape : SHAPES.subList(2, 4)) {
          each(cases, unit.toString(), shape, (f, s, t) -> unit(f, unit, s, t));
        }
      }
    }
    for (int branches = 2; branches <= 3; branches++) {
      int size = branches;
      Shape shape = new Shape(12, 7, 7, 8);
      each(cases, "select %d branches".formatted(size), shape, (f, s, t) -> select(f, size, s, t));
    }
    return cases;
  }

  private static void each(List<OpCase> cases, String name, Shape shape, Body body) {
    for (Same same : Same.values()) {
      String of = " of one %s twice: %s".formatted(same.name().toLowerCase(Locale.ROOT), shape);
      cases.add(new OpCase(name + of, f -> body.accept(f, shape, same)));
    }
  }

  private static void add(Fixture f, Shape shape, Same same) {
    Tensor a = f.input("a", shape);
    Tensor y = f.output("y", shape);
    f.ops().addForward(y, a, same.as(f, a));
  }

  private static void addInPlace(Fixture f, Shape shape, Same same) {
    Tensor a = f.updated("a", shape);
    f.ops().addForward(a, a, same.as(f, a));
  }

  private static void multiply(Fixture f, Shape shape, Same same) {
    Tensor a = f.input("a", shape);
    Tensor b = same.as(f, a);
    Tensor dy = f.input("dy", shape);
    Tensor y = f.output("y", shape);
    Tensor da = f.output("da", shape);
    Tensor db = f.output("db", shape);
    f.ops().multiplyForward(y, a, b);
    f.ops().multiplyBackward(da, db, dy, a, b);
  }

  private static void shake(Fixture f, Shape shape, Same same) {
    Tensor a = f.input("a", shape);
    Tensor b = same.as(f, a);
    Tensor y = f.output("y", shape);
    Tensor inferred = f.output("inferred", shape);
    f.ops().seed(5);
    f.ops().shakeShakeForward(y, a, b, 2);
    f.ops().shakeShakeInference(inferred, a, b);
  }

  private static void concat(Fixture f, Shape shape, Same same) {
    int c = shape.channels();
    Tensor a = f.input("a", shape);
    Tensor y = f.output("y", new Shape(shape.batch(), shape.height(), shape.width(), 2 * c));
    f.ops().concatForward(y, a, 0);
    f.ops().concatForward(y, same.as(f, a), c);
  }

  private static void reluBackward(Fixture f, Shape shape, Same same) {
    Tensor dy = f.input("dy", shape, Values.RECTIFIED);
    Tensor dx = f.output("dx", shape);
    f.ops().reluBackward(dx, dy, same.as(f, dy));
  }

  private static void sigmoidBackward(Fixture f, Shape shape, Same same) {
    Tensor dy = f.input("dy", shape, Values.PROBABILITIES);
    Tensor dx = f.output("dx", shape);
    f.ops().sigmoidBackward(dx, dy, same.as(f, dy));
  }

  private static void excite(Fixture f, Shape shape, Same same) {
    Excitation excitation = f.excitation("excitation", shape.batch(), shape.channels(), 2, true);
    Tensor x = f.input("x", shape, Values.OFF_CENTRE);
    f.ops().exciteForward(excitation, x);
    f.ops().exciteBackward(excitation, x, same.as(f, x));
  }

  private static void convolutionWeights(Fixture f, Shape shape, Same same) {
    Tensor x = f.input("x", shape);
    Parameter weight = f.weight("weight", taps(shape));
    f.ops().convolutionBackwardWeights(weight, x, same.as(f, x), keeping());
  }

  private static void denseWeights(Fixture f, Shape shape, Same same) {
    Shape vector = new Shape(shape.batch(), 1, 1, shape.channels());
    Tensor x = f.input("x", vector);
    Parameter weight = f.weight("weight", new Shape(shape.channels(), 1, 1, shape.channels()));
    f.ops().denseBackwardWeights(weight, x, same.as(f, x));
  }

  private static void convolution(Fixture f, Shape shape, Same same, Activation activation) {
    Tensor x = f.input("x", shape);
    Tensor weight = f.floatInput("weight", taps(shape), f.weights(taps(shape)));
    Tensor bias = f.floatInput("bias", Shape.vector(shape.channels()), Values.NORMAL);
    Tensor y = f.output("y", shape);
    Ops ops = f.ops();
    ops.convolutionAddInference(y, x, weight, bias, same.as(f, x), activation, keeping());
  }

  private static void normInference(Fixture f, Shape shape, Same same, Activation activation) {
    var norm = f.batchNorm("norm", shape.batch(), shape.channels());
    Tensor x = f.input("x", shape, Values.OFF_CENTRE);
    Tensor y = f.output("y", shape);
    f.ops().batchNormAddInference(y, x, same.as(f, x), norm, activation);
  }

  private static void scaleInference(Fixture f, Shape shape, Same same, Activation activation) {
    Excitation excitation = f.excitation("excitation", shape.batch(), shape.channels(), 2, true);
    Tensor x = f.input("x", shape, Values.OFF_CENTRE);
    Tensor y = f.output("y", shape);
    f.ops().exciteForward(excitation, x);
    f.ops().scaleAddInference(y, x, same.as(f, x), excitation, activation);
  }

  private static void unit(Fixture f, EpilogueUnit unit, Shape shape, Same same) {
    Epilogue epilogue = unit.epilogue(f, shape, true);
    Tensor x = f.input("x", shape, Values.OFF_CENTRE);
    Tensor added = same.as(f, x);
    Tensor out = f.output("out", shape);
    Tensor dOut = f.consumed("dOut", shape);
    Tensor dx = f.output("dx", shape);
    Tensor dAdded = f.output("dResidual", shape);
    unit.forward(f.ops(), epilogue, out, x, added);
    unit.backward(f.ops(), epilogue, dx, dAdded, dOut, out, x, added);
  }

  private static void select(Fixture f, int size, Shape shape, Same same) {
    Selection selection = SelectCases.pointwise(f, size, shape, true);
    List<Tensor> xs = times(f, size, f.input("x", shape, Values.UNEVEN), same);
    Tensor out = f.output("out", shape);
    Tensor dOut = f.input("dOut", shape);
    List<Tensor> dxs = new ArrayList<>();
    for (int m = 0; m < size; m++) {
      dxs.add(f.output("dx" + m, shape));
    }
    Ops ops = f.ops();
    SelectCases.forward(ops, out, xs, selection);
    ops.selectBackwardSums(selection, dOut, xs);
    ops.selectBackwardStatistics(selection, shape.positions());
    ops.selectBackward(dxs, dOut, xs, selection);
  }

  private static void selectInference(Fixture f, Shape shape, Same same) {
    Selection selection = SelectCases.pointwise(f, 2, shape, true);
    List<Tensor> xs = times(f, 2, f.input("x", shape, Values.RECTIFIED), same);
    Tensor out = f.output("out", shape);
    f.ops().selectFuseInference(selection, xs);
    f.ops().selectInference(out, xs, selection);
  }

  private static List<Tensor> times(Fixture f, int size, Tensor x, Same same) {
    List<Tensor> xs = new ArrayList<>(Collections.nCopies(size, x));
    xs.set(size - 1, same.as(f, x));
    return xs;
  }

  /** A 3x3 that keeps the shape. */
  private static ConvGeometry keeping() {
    return new ConvGeometry(3, 3, 1, 1, 1, 1, 1);
  }

  private static Shape taps(Shape shape) {
    return new Shape(shape.channels(), 3, 3, shape.channels());
  }
}
