package dev.selkie.runtime.conformance;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Channels moved, and branches weighed. */
final class ChannelCases {
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 1, 1, 6),
          new Shape(5, 3, 3, 12),
          new Shape(2, 7, 7, 24),
          new Shape(1, 4, 6, 1200));

  private ChannelCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (Shape shape : SHAPES) {
      for (int groups : new int[] {1, 2, 3, 6}) {
        String name = "channelShuffle of %d groups: %s".formatted(groups, shape);
        cases.add(new OpCase(name, f -> shuffle(f, shape, groups)));
      }
      for (int part = 0; part < 3; part++) {
        int channel = part * shape.channels() / 3;
        String name = "channelSplit from %d: %s".formatted(channel, shape);
        cases.add(new OpCase(name, f -> split(f, shape, channel)));
      }
      cases.add(new OpCase("times: " + shape, f -> times(f, shape)));
      cases.add(new OpCase("times in place: " + shape, f -> timesInPlace(f, shape)));
      cases.add(new OpCase("shakeShake: " + shape, f -> shake(f, shape)));
    }
    return cases;
  }

  private static void shuffle(Fixture f, Shape shape, int groups) {
    Tensor x = f.input("x", shape);
    Tensor dy = f.input("dy", shape);
    Tensor y = f.output("y", shape);
    Tensor dx = f.output("dx", shape);
    Ops ops = f.ops();
    ops.channelShuffle(y, x, groups);
    ops.channelShuffle(dx, dy, shape.channels() / groups);
  }

  private static void split(Fixture f, Shape shape, int channel) {
    Shape third = new Shape(shape.batch(), shape.height(), shape.width(), shape.channels() / 3);
    Tensor x = f.input("x", shape);
    Tensor dy = f.input("dy", third);
    Tensor y = f.output("y", third);
    Tensor dx = f.output("dx", shape);
    Tensor sum = f.updated("sum", shape);
    Ops ops = f.ops();
    ops.channelSplitForward(y, x, channel);
    ops.channelSplitBackward(dx, dy, channel);
    ops.channelSplitBackwardAccumulate(sum, dy, channel);
  }

  private static void times(Fixture f, Shape shape) {
    Tensor x = f.input("x", shape);
    Tensor y = f.output("y", shape);
    f.ops().times(y, x, 0.17f);
  }

  private static void timesInPlace(Fixture f, Shape shape) {
    Tensor x = f.updated("x", shape);
    f.ops().times(x, x, -2.5f);
  }

  private static void shake(Fixture f, Shape shape) {
    Tensor a = f.input("a", shape);
    Tensor b = f.input("b", shape);
    Tensor dy = f.input("dy", shape);
    Tensor y = f.output("y", shape);
    Tensor da = f.output("da", shape);
    Tensor db = f.output("db", shape);
    Tensor inferred = f.output("inferred", shape);
    Ops ops = f.ops();
    ops.seed(11);
    ops.shakeShakeForward(y, a, b, 3);
    ops.shakeShakeBackward(da, db, dy, 3);
    ops.shakeShakeInference(inferred, a, b);
  }
}
