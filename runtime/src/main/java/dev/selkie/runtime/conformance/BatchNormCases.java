package dev.selkie.runtime.conformance;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Whole units: moments, statistics, forward, sums, their statistics, backward. */
final class BatchNormCases {
  /** At least five values per channel: with fewer the normalised value hardly depends on x. */
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(5, 1, 1, 20),
          new Shape(1, 3, 3, 3),
          new Shape(2, 7, 7, 8),
          new Shape(2, 3, 5, 64),
          new Shape(1, 16, 16, 1));

  private BatchNormCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (EpilogueUnit unit : EpilogueUnit.all()) {
      for (Shape shape : SHAPES) {
        cases.add(new OpCase("%s: %s".formatted(unit, shape), f -> unit(f, unit, shape, false)));
      }
      Shape shape = SHAPES.get(2);
      String name = "%s, dx in place of dOut: %s".formatted(unit, shape);
      cases.add(new OpCase(name, f -> unit(f, unit, shape, true)));
    }
    Shape far = new Shape(2, 7, 7, 3);
    cases.add(new OpCase("batchNormStatistics far off centre: " + far, f -> farOff(f, far)));
    Shape one = new Shape(1, 1, 1, 3);
    cases.add(new OpCase("batchNormStatistics of one value: " + one, f -> statistics(f, one)));
    return cases;
  }

  private static void unit(Fixture f, EpilogueUnit unit, Shape shape, boolean inPlace) {
    Epilogue epilogue = unit.epilogue(f, shape, shape.batch() != 5);
    Tensor x = f.input("x", shape, Values.OFF_CENTRE);
    Tensor added = epilogue.residual() ? f.input("residual", shape, Values.OFF_CENTRE) : null;
    Tensor out = f.output("out", shape);
    Tensor dOut = inPlace ? f.updated("dOut", shape) : f.consumed("dOut", shape);
    Tensor dx = inPlace ? dOut : f.output("dx", shape);
    Tensor dAdded = epilogue.residual() ? f.output("dResidual", shape) : null;
    Ops ops = f.ops();
    unit.forward(ops, epilogue, out, x, added);
    unit.backward(ops, epilogue, dx, dAdded, dOut, out, x, added);
  }

  private static void farOff(Fixture f, Shape shape) {
    BatchNorm norm = f.batchNorm("norm", shape.batch(), shape.channels());
    Tensor x = f.input("x", shape, Values.FAR_OFF_CENTRE);
    f.ops().batchNormMoments(norm, x);
    f.ops().batchNormStatistics(Epilogue.of(norm), shape.positions());
  }

  private static void statistics(Fixture f, Shape shape) {
    BatchNorm norm = f.batchNorm("norm", shape.batch(), shape.channels());
    Tensor x = f.input("x", shape);
    f.ops().batchNormMoments(norm, x);
    f.ops().batchNormStatistics(Epilogue.of(norm), shape.positions());
  }
}
