package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.PoolGeometry;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.Fixture;
import org.junit.jupiter.api.Test;

/** Channels moved and branches weighed: gradients, and definitions written another way. */
class BranchVerbsTest {
  private static final Shape SHAPE = new Shape(2, 3, 4, 6);

  private final ReferenceBackend backend = new ReferenceBackend();
  private final Fixture f = new Fixture(backend.allocate(1 << 18), backend.ops(), 5);

  @Test
  void shuffleGradient() {
    Differentiable.check(
        f -> {
          Tensor x = f.input("x", SHAPE);
          Tensor dy = f.input("dy", SHAPE);
          Tensor y = f.output("y", SHAPE);
          Tensor dx = f.output("dx", SHAPE);
          Ops ops = f.ops();
          return new Differentiable()
              .output(y, dy)
              .input(x, dx)
              .forward(() -> ops.channelShuffle(y, x, 3))
              .backward(() -> ops.channelShuffle(dx, dy, 2));
        });
  }

  /** Of the first and the last third; the middle one is read by nobody. */
  @Test
  void splitGradient() {
    Differentiable.check(
        f -> {
          Shape third = new Shape(2, 3, 4, 2);
          Tensor x = f.input("x", SHAPE);
          Tensor da = f.input("da", third);
          Tensor db = f.input("db", third);
          Tensor a = f.output("a", third);
          Tensor b = f.output("b", third);
          Tensor dx = f.output("dx", SHAPE);
          Ops ops = f.ops();
          return new Differentiable()
              .output(a, da)
              .output(b, db)
              .input(x, dx)
              .forward(
                  () -> {
                    ops.channelSplitForward(a, x, 0);
                    ops.channelSplitForward(b, x, 4);
                  })
              .backward(
                  () -> {
                    ops.channelSplitBackward(dx, db, 4);
                    ops.channelSplitBackwardAccumulate(dx, da, 0);
                  });
        });
  }

  @Test
  void timesGradient() {
    Differentiable.check(
        f -> {
          Tensor x = f.input("x", SHAPE);
          Tensor dy = f.input("dy", SHAPE);
          Tensor y = f.output("y", SHAPE);
          Tensor dx = f.output("dx", SHAPE);
          Ops ops = f.ops();
          return new Differentiable()
              .output(y, dy)
              .input(x, dx)
              .forward(() -> ops.times(y, x, -0.3f))
              .backward(() -> ops.times(dx, dy, -0.3f));
        });
  }

  /** A last window that reaches beyond the image, along both axes. */
  @Test
  void averagePoolRoundedUpGradient() {
    PoolGeometry geometry = new PoolGeometry(3, 2, 0, false);
    Differentiable.check(
        f -> {
          Tensor x = f.input("x", new Shape(2, 4, 6, 3));
          Tensor dy = f.input("dy", new Shape(2, 2, 3, 3));
          Tensor y = f.output("y", dy.shape());
          Tensor dx = f.output("dx", x.shape());
          Ops ops = f.ops();
          return new Differentiable()
              .output(y, dy)
              .input(x, dx)
              .forward(() -> ops.averagePoolForward(y, x, geometry))
              .backward(() -> ops.averagePoolBackward(dx, dy, geometry));
        });
  }

  /** As PyTorch: view as (groups, C / groups), transpose, flatten. */
  @Test
  void shuffleOfSixChannelsInThreeGroups() {
    Tensor x = f.input("x", Shape.vector(6));
    Tensor y = f.output("y", x.shape());
    x.write(new float[] {0, 1, 2, 3, 4, 5});
    f.ops().channelShuffle(y, x, 3);
    assertArrayEquals(new double[] {0, 2, 4, 1, 3, 5}, ref(y).toArray());
  }

  /** Between a = 1 and b = 0 the output is alpha itself, and da is beta where dy is 1. */
  @Test
  void shakeShakeWeighsEachSampleAnew() {
    Shape shape = new Shape(1000, 1, 1, 2);
    Tensor one = f.input("one", shape, random -> 1);
    Tensor none = f.input("none", shape, random -> 0);
    Tensor y = f.output("y", shape);
    Tensor da = f.output("da", shape);
    Tensor db = f.output("db", shape);
    Ops ops = f.ops();
    ops.seed(7);
    ops.shakeShakeForward(y, one, none, 0);
    ops.shakeShakeBackward(da, db, one, 0);
    double alphas = 0;
    double products = 0;
    for (int n = 0; n < 1000; n++) {
      double alpha = ref(y).get(n, 0, 0, 0);
      double beta = ref(da).get(n, 0, 0, 0);
      assertTrue(alpha >= 0 && alpha < 1);
      assertEquals(alpha, ref(y).get(n, 0, 0, 1));
      assertNotEquals(alpha, beta);
      assertEquals(1, beta + ref(db).get(n, 0, 0, 0));
      alphas += alpha / 1000;
      products += (alpha - 0.5) * (beta - 0.5) / 1000;
    }
    // Deviations of such means are 0.289 / sqrt(1000) and 1 / 12 / sqrt(1000); five of them.
    assertEquals(0.5, alphas, 5 * 0.0092);
    assertEquals(0, products, 5 * 0.0027);
    double before = ref(y).get(0, 0, 0, 0);
    ops.shakeShakeForward(y, one, none, 1);
    assertNotEquals(before, ref(y).get(0, 0, 0, 0), "another layer draws other numbers");
    ops.seed(8);
    ops.shakeShakeForward(y, one, none, 0);
    assertNotEquals(before, ref(y).get(0, 0, 0, 0), "another step draws other numbers");
    ops.shakeShakeInference(y, one, none);
    assertEquals(0.5, ref(y).get(3, 0, 0, 0));
  }
}
