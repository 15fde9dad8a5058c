package dev.selkie.runtime.conformance;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.PoolGeometry;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;

final class PoolingCases {
  private static final List<PoolGeometry> GEOMETRIES =
      List.of(
          new PoolGeometry(3, 2, 1, true),
          new PoolGeometry(3, 1, 1, true),
          new PoolGeometry(3, 2, 0, true),
          new PoolGeometry(2, 2, 0, true),
          new PoolGeometry(1, 2, 0, true),
          new PoolGeometry(3, 3, 1, false),
          new PoolGeometry(3, 2, 1, false));

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 3, 3, 1),
          new Shape(5, 5, 9, 3),
          new Shape(2, 7, 7, 20),
          new Shape(1, 16, 16, 8),
          new Shape(2, 4, 6, 64));

  private PoolingCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (Shape shape : SHAPES) {
      for (PoolGeometry g : GEOMETRIES) {
        String window =
            "%dx%d stride %d padding %d%s: %s"
                .formatted(
                    g.kernel(),
                    g.kernel(),
                    g.stride(),
                    g.padding(),
                    g.countPadding() ? "" : " uncounted",
                    shape);
        cases.add(
            new OpCase("averagePool " + window, f -> average(f, shape, outputs(shape, g, 0), g)));
        if (g.countPadding()) {
          cases.add(
              new OpCase(
                  "maxPool " + window, f -> max(f, shape, outputs(shape, g, 0), g, Values.NORMAL)));
          cases.add(
              new OpCase(
                  "maxPool of ties " + window,
                  f -> max(f, shape, outputs(shape, g, 0), g, Values.TIES)));
        }
      }
      cases.add(new OpCase("globalAveragePool: " + shape, f -> global(f, shape)));
    }
    for (Shape shape : List.of(new Shape(2, 4, 6, 3), new Shape(1, 8, 8, 16))) {
      for (int padding = 0; padding < 2; padding++) {
        PoolGeometry g = new PoolGeometry(3, 2, padding, false);
        Shape up = outputs(shape, g, g.stride() - 1);
        String window = " 3x3 stride 2 padding %d, rounded up: %s".formatted(padding, shape);
        cases.add(new OpCase("averagePool" + window, f -> average(f, shape, up, g)));
        cases.add(new OpCase("maxPool" + window, f -> max(f, shape, up, g, Values.NORMAL)));
      }
    }
    Shape one = new Shape(2, 1, 1, 8);
    cases.add(new OpCase("globalAveragePool: " + one, f -> global(f, one)));
    return cases;
  }

  private static void max(
      Fixture f, Shape shape, Shape pooled, PoolGeometry geometry, Values values) {
    Tensor x = f.input("x", shape, values);
    Tensor dy = f.input("dy", pooled);
    Tensor y = f.output("y", pooled);
    Tensor inferred = f.output("inferred", pooled);
    Tensor winners = f.scratch("winners", pooled, Element.UINT8);
    Tensor dx = f.output("dx", shape);
    f.ops().maxPoolForward(y, winners, x, geometry);
    f.ops().maxPoolInference(inferred, x, geometry);
    f.ops().maxPoolBackward(dx, dy, winners, geometry);
  }

  private static void average(Fixture f, Shape shape, Shape pooled, PoolGeometry geometry) {
    Tensor x = f.input("x", shape);
    Tensor dy = f.input("dy", pooled);
    Tensor y = f.output("y", pooled);
    Tensor dx = f.output("dx", shape);
    f.ops().averagePoolForward(y, x, geometry);
    f.ops().averagePoolBackward(dx, dy, geometry);
  }

  private static void global(Fixture f, Shape shape) {
    Shape pooled = new Shape(shape.batch(), 1, 1, shape.channels());
    Tensor x = f.input("x", shape);
    Tensor dy = f.input("dy", pooled);
    Tensor y = f.output("y", pooled);
    Tensor dx = f.output("dx", shape);
    f.ops().globalAveragePoolForward(y, x);
    f.ops().globalAveragePoolBackward(dx, dy);
  }

  /**
   * @param slack how far the last window may reach beyond the padding
   */
  private static Shape outputs(Shape shape, PoolGeometry geometry, int slack) {
    return new Shape(
        shape.batch(),
        outputs(shape.height() + slack, geometry),
        outputs(shape.width() + slack, geometry),
        shape.channels());
  }

  private static int outputs(int size, PoolGeometry geometry) {
    return (size + 2 * geometry.padding() - geometry.kernel()) / geometry.stride() + 1;
  }
}
