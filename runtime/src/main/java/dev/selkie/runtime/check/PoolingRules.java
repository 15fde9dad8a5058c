package dev.selkie.runtime.check;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.PoolGeometry;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** Pools: each window lies on its input, and as many windows as there is room for. */
interface PoolingRules extends Ops {
  /** The largest kernel of which a tap's number fits a byte on every device. */
  int LARGEST_KERNEL = 15;

  @Override
  default void maxPoolForward(Tensor y, Tensor winners, Tensor x, PoolGeometry geometry) {
    winners(winners, y, geometry);
    maxPoolInference(y, x, geometry);
    Require.apart(y, winners);
    Require.apart(winners, x);
  }

  @Override
  default void maxPoolInference(Tensor y, Tensor x, PoolGeometry geometry) {
    windows(y, x, geometry, true);
    Require.apart(y, x);
  }

  @Override
  default void maxPoolBackward(Tensor dx, Tensor dy, Tensor winners, PoolGeometry geometry) {
    winners(winners, dy, geometry);
    windows(dy, dx, geometry, true);
    Require.apart(dx, dy, winners);
  }

  @Override
  default void averagePoolForward(Tensor y, Tensor x, PoolGeometry geometry) {
    windows(y, x, geometry, !geometry.countPadding());
    Require.apart(y, x);
  }

  @Override
  default void averagePoolBackward(Tensor dx, Tensor dy, PoolGeometry geometry) {
    windows(dy, dx, geometry, !geometry.countPadding());
    Require.apart(dx, dy);
  }

  @Override
  default void globalAveragePoolForward(Tensor y, Tensor x) {
    means(y, x);
    Require.apart(y, x);
  }

  @Override
  default void globalAveragePoolBackward(Tensor dx, Tensor dy) {
    means(dy, dx);
    Require.apart(dx, dy);
  }

  private static void means(Tensor y, Tensor x) {
    Require.activations(x, y);
    Shape s = x.shape();
    Require.shape(
        y,
        new Shape(s.batch(), 1, 1, s.channels()),
        "one value for each sample and channel of %s (%s)".formatted(x.name(), s));
  }

  private static void winners(Tensor winners, Tensor y, PoolGeometry geometry) {
    Require.beside(winners, Element.UINT8, y);
    Require.that(
        geometry.kernel() <= LARGEST_KERNEL,
        "a tap of a window of %d x %d does not fit a byte; the largest kernel is %d",
        geometry.kernel(),
        geometry.kernel(),
        LARGEST_KERNEL);
  }

  /**
   * @param beyond whether a last window may reach beyond the padding
   */
  private static void windows(Tensor y, Tensor x, PoolGeometry g, boolean beyond) {
    Require.activations(x, y);
    Require.sameSamplesAndChannels(y, x);
    Require.atLeast("the kernel", 1, g.kernel());
    Require.atLeast("the stride", 1, g.stride());
    Require.that(
        g.padding() >= 0 && g.padding() <= g.kernel() / 2,
        "the padding is %d but must be from 0 to %d, half of the kernel of %d",
        g.padding(),
        g.kernel() / 2,
        g.kernel());
    axis("rows", y, y.shape().height(), x, x.shape().height(), g, beyond);
    axis("columns", y, y.shape().width(), x, x.shape().width(), g, beyond);
  }

  private static void axis(
      String axis, Tensor y, int outputs, Tensor x, int inputs, PoolGeometry g, boolean beyond) {
    long room = inputs + 2L * g.padding() - g.kernel();
    Require.that(
        room >= 0,
        "a kernel of %d does not fit the %d %s of %s (%s) with padding %d",
        g.kernel(),
        inputs,
        axis,
        x.name(),
        x.shape(),
        g.padding());
    long whole = room / g.stride() + 1;
    // One more may start on the input or on the padding before it.
    boolean rest = room % g.stride() != 0 && whole * g.stride() < (long) inputs + g.padding();
    long most = beyond && rest ? whole + 1 : whole;
    Require.that(
        outputs >= whole && outputs <= most,
        "%s (%s) has %d %s but windows of %d, stride %d and padding %d on %s (%s) are %s",
        y.name(),
        y.shape(),
        outputs,
        axis,
        g.kernel(),
        g.stride(),
        g.padding(),
        x.name(),
        x.shape(),
        most > whole ? whole + " or " + most : whole);
  }
}
