package dev.selkie.runtime.conformance;

import dev.selkie.annotation.Gate;
import dev.selkie.annotation.Squeeze;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Squeeze-and-excitation that stands alone. */
final class ExcitationCases {
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 1, 1, 1),
          new Shape(5, 3, 3, 3),
          new Shape(2, 7, 7, 20),
          new Shape(1, 16, 16, 8),
          new Shape(2, 3, 5, 64));

  private ExcitationCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (Shape shape : SHAPES) {
      for (boolean biased : new boolean[] {false, true}) {
        String name = "excite and scale%s: %s".formatted(biased ? ", biased" : "", shape);
        cases.add(new OpCase(name, f -> unit(f, shape, biased, Squeeze.AVERAGE, Gate.SIGMOID)));
      }
      for (Squeeze squeeze : Squeeze.values()) {
        for (Gate gate : Gate.values()) {
          String name = "excite by %s of %s: %s".formatted(gate, squeeze, shape);
          cases.add(new OpCase(name, f -> unit(f, shape, true, squeeze, gate)));
        }
      }
    }
    return cases;
  }

  private static void unit(Fixture f, Shape shape, boolean biased, Squeeze squeeze, Gate gate) {
    int c = shape.channels();
    Excitation excitation =
        f.excitation("excitation", shape.batch(), c, 1 + c / 4, biased, squeeze, gate);
    Tensor x = f.input("x", shape, Values.OFF_CENTRE);
    Tensor dy = f.input("dy", shape);
    Tensor y = f.output("y", shape);
    Tensor dx = f.output("dx", shape);
    Ops ops = f.ops();
    ops.exciteForward(excitation, x);
    ops.scaleForward(y, x, excitation);
    ops.exciteBackward(excitation, dy, x);
    ops.scaleBackward(dx, dy, excitation);
  }
}
