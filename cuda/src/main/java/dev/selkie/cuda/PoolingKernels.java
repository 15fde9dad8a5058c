package dev.selkie.cuda;

import static dev.selkie.cuda.DeviceTensor.address;
import static dev.selkie.cuda.KernelVerbs.type;

import dev.selkie.runtime.PoolGeometry;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** Maxima and means of windows. */
interface PoolingKernels extends KernelVerbs {

  @Override
  default void maxPoolForward(Tensor y, Tensor winners, Tensor x, PoolGeometry g) {
    maxima(y, winners, x, g);
  }

  @Override
  default void maxPoolInference(Tensor y, Tensor x, PoolGeometry g) {
    maxima(y, null, x, g);
  }

  private void maxima(Tensor y, Tensor winners, Tensor x, PoolGeometry g) {
    Shape from = x.shape();
    Shape to = y.shape();
    LayerNatives.maxPoolForward(
        type(x),
        address(y),
        address(winners),
        address(x),
        from.height(),
        from.width(),
        to.height(),
        to.width(),
        g.kernel(),
        g.stride(),
        g.padding(),
        from.batch(),
        from.channels(),
        stream());
  }

  @Override
  default void maxPoolBackward(Tensor dx, Tensor dy, Tensor winners, PoolGeometry g) {
    Shape from = dx.shape();
    Shape to = dy.shape();
    LayerNatives.maxPoolBackward(
        type(dy),
        address(dx),
        address(dy),
        address(winners),
        from.height(),
        from.width(),
        to.height(),
        to.width(),
        g.kernel(),
        g.stride(),
        g.padding(),
        from.batch(),
        from.channels(),
        stream());
  }

  @Override
  default void averagePoolForward(Tensor y, Tensor x, PoolGeometry g) {
    Shape from = x.shape();
    Shape to = y.shape();
    LayerNatives.averagePoolForward(
        type(x),
        address(y),
        address(x),
        from.height(),
        from.width(),
        to.height(),
        to.width(),
        g.kernel(),
        g.stride(),
        g.padding(),
        g.countPadding(),
        from.batch(),
        from.channels(),
        stream());
  }

  @Override
  default void averagePoolBackward(Tensor dx, Tensor dy, PoolGeometry g) {
    Shape from = dx.shape();
    Shape to = dy.shape();
    LayerNatives.averagePoolBackward(
        type(dy),
        address(dx),
        address(dy),
        from.height(),
        from.width(),
        to.height(),
        to.width(),
        g.kernel(),
        g.stride(),
        g.padding(),
        g.countPadding(),
        from.batch(),
        from.channels(),
        stream());
  }

  @Override
  default void globalAveragePoolForward(Tensor y, Tensor x) {
    Shape s = x.shape();
    LayerNatives.globalAveragePoolForward(
        type(x), address(y), address(x), s.batch(), s.positions(), s.channels(), stream());
  }

  @Override
  default void globalAveragePoolBackward(Tensor dx, Tensor dy) {
    Shape s = dx.shape();
    LayerNatives.globalAveragePoolBackward(
        type(dy), address(dx), address(dy), s.batch(), s.positions(), s.channels(), stream());
  }
}
