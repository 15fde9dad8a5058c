package dev.selkie.runtime.conformance;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

final class ElementwiseCases {
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 1, 1, 1),
          new Shape(5, 3, 3, 3),
          new Shape(2, 7, 7, 20),
          new Shape(1, 16, 16, 8),
          new Shape(2, 1, 1, 64));

  private ElementwiseCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (Shape shape : SHAPES) {
      each(cases, "relu", shape, ElementwiseCases::relu);
      each(cases, "relu in place", shape, ElementwiseCases::reluInPlace);
      each(cases, "sigmoid", shape, ElementwiseCases::sigmoid);
      each(cases, "sigmoid in place", shape, ElementwiseCases::sigmoidInPlace);
      each(cases, "addForward", shape, ElementwiseCases::add);
      each(cases, "addForward in place", shape, ElementwiseCases::addInPlace);
      each(cases, "copy", shape, ElementwiseCases::copy);
      each(cases, "accumulate", shape, ElementwiseCases::accumulate);
      each(cases, "zero", shape, (f, s) -> zero(f, s));
      each(cases, "multiply", shape, (f, s) -> multiply(f, s, s));
      each(cases, "multiply by a gate", shape, ElementwiseCases::multiplyByGate);
      each(cases, "concat", shape, ElementwiseCases::concat);
      each(cases, "concatForward keeps the rest", shape, ElementwiseCases::concatPart);
      each(cases, "dropout", shape, (f, s) -> dropout(f, s, 0.2f, 3, 42, false));
      each(cases, "dropout in place", shape, (f, s) -> dropout(f, s, 0.5f, 0, -7, true));
      each(cases, "dropout of nothing", shape, (f, s) -> dropout(f, s, 0f, 1, 1L << 40, false));
    }
    return cases;
  }

  private static void each(
      List<OpCase> cases, String name, Shape shape, BiConsumer<Fixture, Shape> body) {
    cases.add(new OpCase(name + ": " + shape, f -> body.accept(f, shape)));
  }

  private static void relu(Fixture f, Shape shape) {
    Tensor x = f.input("x", shape);
    Tensor dy = f.input("dy", shape);
    Tensor y = f.output("y", shape);
    Tensor dx = f.output("dx", shape);
    f.ops().reluForward(y, x);
    f.ops().reluBackward(dx, dy, y);
  }

  private static void reluInPlace(Fixture f, Shape shape) {
    Tensor y = f.input("y", shape, Values.RECTIFIED);
    Tensor dy = f.updated("dy", shape);
    f.ops().reluBackward(dy, dy, y);
  }

  private static void sigmoid(Fixture f, Shape shape) {
    Tensor x = f.input("x", shape);
    Tensor dy = f.input("dy", shape);
    Tensor y = f.output("y", shape);
    Tensor dx = f.output("dx", shape);
    f.ops().sigmoidForward(y, x);
    f.ops().sigmoidBackward(dx, dy, y);
  }

  private static void sigmoidInPlace(Fixture f, Shape shape) {
    Tensor y = f.input("y", shape, Values.PROBABILITIES);
    Tensor dy = f.updated("dy", shape);
    f.ops().sigmoidBackward(dy, dy, y);
  }

  private static void add(Fixture f, Shape shape) {
    Tensor a = f.input("a", shape);
    Tensor b = f.input("b", shape);
    Tensor y = f.output("y", shape);
    f.ops().addForward(y, a, b);
  }

  private static void addInPlace(Fixture f, Shape shape) {
    Tensor a = f.updated("a", shape);
    Tensor b = f.input("b", shape);
    f.ops().addForward(a, a, b);
    f.ops().addForward(a, b, a);
  }

  private static void copy(Fixture f, Shape shape) {
    Tensor x = f.input("x", shape);
    Tensor y = f.output("y", shape);
    f.ops().copy(y, x);
  }

  private static void accumulate(Fixture f, Shape shape) {
    Tensor x = f.input("x", shape);
    Tensor y = f.updated("y", shape);
    f.ops().accumulate(y, x);
  }

  private static void zero(Fixture f, Shape shape) {
    Tensor y = f.output("y", shape);
    Tensor gradients = f.floatOutput("gradients", shape);
    f.ops().zero(y);
    f.ops().zero(gradients);
  }

  private static void multiplyByGate(Fixture f, Shape shape) {
    multiply(f, shape, new Shape(shape.batch(), 1, 1, shape.channels()));
  }

  private static void multiply(Fixture f, Shape shape, Shape factor) {
    Tensor a = f.input("a", shape);
    Tensor b = f.input("b", factor);
    Tensor dy = f.input("dy", shape);
    Tensor y = f.output("y", shape);
    Tensor da = f.output("da", shape);
    Tensor db = f.output("db", factor);
    f.ops().multiplyForward(y, a, b);
    f.ops().multiplyBackward(da, db, dy, a, b);
  }

  private static void concat(Fixture f, Shape shape) {
    Shape other = channels(shape, 3);
    Shape both = channels(shape, 3 + shape.channels());
    Tensor a = f.input("a", other);
    Tensor b = f.input("b", shape);
    Tensor dy = f.input("dy", both);
    Tensor y = f.output("y", both);
    Tensor da = f.output("da", other);
    Tensor db = f.output("db", shape);
    Ops ops = f.ops();
    ops.concatForward(y, b, 3);
    ops.concatForward(y, a, 0);
    ops.concatBackward(da, dy, 0);
    ops.concatBackward(db, dy, 3);
  }

  private static void concatPart(Fixture f, Shape shape) {
    Tensor x = f.input("x", shape);
    Tensor y = f.updated("y", channels(shape, shape.channels() + 5));
    f.ops().concatForward(y, x, 2);
  }

  private static void dropout(
      Fixture f, Shape shape, float rate, int layer, long seed, boolean inPlace) {
    Tensor x = f.input("x", shape);
    Tensor dy = inPlace ? f.updated("dy", shape) : f.input("dy", shape);
    Tensor y = f.output("y", shape);
    Tensor dx = inPlace ? dy : f.output("dx", shape);
    Tensor mask = f.scratch("mask", shape, Element.BIT);
    Ops ops = f.ops();
    ops.seed(seed);
    ops.dropoutForward(y, mask, x, rate, layer);
    ops.dropoutBackward(dx, dy, mask, rate);
  }

  private static Shape channels(Shape shape, int channels) {
    return new Shape(shape.batch(), shape.height(), shape.width(), channels);
  }
}
