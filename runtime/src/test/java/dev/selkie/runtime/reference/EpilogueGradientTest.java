package dev.selkie.runtime.reference;

import dev.selkie.annotation.Gate;
import dev.selkie.annotation.Squeeze;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.EpilogueUnit;
import dev.selkie.runtime.conformance.Fixture;
import dev.selkie.runtime.conformance.Values;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Batch norm with all that merges into it, as whole units, and excitation that stands alone. */
class EpilogueGradientTest {
  @TestFactory
  Stream<DynamicTest> units() {
    return EpilogueUnit.all().stream()
        .flatMap(
            unit ->
                Stream.of(new Shape(3, 2, 3, 4), new Shape(6, 1, 1, 5), new Shape(1, 3, 3, 4))
                    .map(
                        shape ->
                            DynamicTest.dynamicTest(
                                "%s: %s".formatted(unit, shape),
                                () -> Differentiable.check(f -> unit(f, unit, shape)))));
  }

  private static Differentiable unit(Fixture f, EpilogueUnit unit, Shape shape) {
    Epilogue epilogue = unit.epilogue(f, shape, shape.batch() != 6);
    Tensor x = f.input("x", shape, Values.OFF_CENTRE);
    Tensor dOut = f.input("dOut", shape);
    Tensor out = f.output("out", shape);
    Tensor dx = f.output("dx", shape);
    Differentiable differentiable = new Differentiable().output(out, dOut).input(x, dx);
    parameters(differentiable, epilogue.norm());
    parameters(differentiable, epilogue.residualNorm());
    parameters(differentiable, epilogue.excitation());
    Tensor added = null;
    Tensor dAdded = null;
    if (epilogue.residual()) {
      added = f.input("residual", shape, Values.OFF_CENTRE);
      dAdded = f.output("dResidual", shape);
      differentiable.input(added, dAdded);
    }
    Tensor r = added;
    Tensor dr = dAdded;
    Ops ops = f.ops();
    return differentiable
        .forward(() -> unit.forward(ops, epilogue, out, x, r))
        .backward(() -> unit.backward(ops, epilogue, dx, dr, dOut, out, x, r));
  }

  @TestFactory
  Stream<DynamicTest> exciteAndScale() {
    return Stream.of(false, true)
        .map(
            biased ->
                DynamicTest.dynamicTest(
                    biased ? "biased" : "without biases",
                    () ->
                        Differentiable.check(
                            f -> excitation(f, biased, Squeeze.AVERAGE, Gate.SIGMOID))));
  }

  @TestFactory
  Stream<DynamicTest> otherSqueezesAndGates() {
    return Stream.of(Squeeze.values())
        .flatMap(
            squeeze ->
                Stream.of(Gate.values())
                    .map(
                        gate ->
                            DynamicTest.dynamicTest(
                                "%s of %s".formatted(gate, squeeze),
                                () ->
                                    Differentiable.check(
                                        f -> excitation(f, true, squeeze, gate)))));
  }

  private static Differentiable excitation(Fixture f, boolean biased, Squeeze squeeze, Gate gate) {
    Shape shape = new Shape(3, 2, 3, 4);
    Excitation excitation = f.excitation("excitation", 3, 4, 5, biased, squeeze, gate);
    Tensor x = f.input("x", shape, Values.OFF_CENTRE);
    Tensor dy = f.input("dy", shape);
    Tensor y = f.output("y", shape);
    Tensor dx = f.output("dx", shape);
    Differentiable differentiable = new Differentiable().output(y, dy).input(x, dx);
    parameters(differentiable, excitation);
    Ops ops = f.ops();
    return differentiable
        .forward(
            () -> {
              ops.exciteForward(excitation, x);
              ops.scaleForward(y, x, excitation);
            })
        .backward(
            () -> {
              ops.exciteBackward(excitation, dy, x);
              ops.scaleBackward(dx, dy, excitation);
            });
  }

  private static void parameters(Differentiable differentiable, BatchNorm norm) {
    if (norm != null) {
      differentiable.parameters(norm.scale(), norm.shift());
    }
  }

  private static void parameters(Differentiable differentiable, Excitation excitation) {
    if (excitation != null) {
      differentiable.parameters(
          excitation.weight1(), excitation.bias1(), excitation.weight2(), excitation.bias2());
    }
  }
}
