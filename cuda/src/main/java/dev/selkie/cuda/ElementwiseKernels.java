package dev.selkie.cuda;

import static dev.selkie.cuda.DeviceTensor.address;
import static dev.selkie.cuda.KernelVerbs.type;

import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** Value by value. */
interface ElementwiseKernels extends KernelVerbs {

  @Override
  default void reluForward(Tensor y, Tensor x) {
    LayerNatives.reluForward(type(x), address(y), address(x), x.shape().elements(), stream());
  }

  @Override
  default void reluBackward(Tensor dx, Tensor dy, Tensor y) {
    LayerNatives.reluBackward(
        type(dy), address(dx), address(dy), address(y), dy.shape().elements(), stream());
  }

  @Override
  default void sigmoidForward(Tensor y, Tensor x) {
    LayerNatives.sigmoidForward(type(x), address(y), address(x), x.shape().elements(), stream());
  }

  @Override
  default void sigmoidBackward(Tensor dx, Tensor dy, Tensor y) {
    LayerNatives.sigmoidBackward(
        type(dy), address(dx), address(dy), address(y), dy.shape().elements(), stream());
  }

  @Override
  default void addForward(Tensor y, Tensor a, Tensor b) {
    LayerNatives.addForward(
        type(a), address(y), address(a), address(b), a.shape().elements(), stream());
  }

  @Override
  default void times(Tensor y, Tensor x, float factor) {
    LayerNatives.times(type(x), address(y), address(x), factor, x.shape().elements(), stream());
  }

  @Override
  default void copy(Tensor y, Tensor x) {
    LayerNatives.copy(type(x), address(y), address(x), x.shape().elements(), stream());
  }

  @Override
  default void accumulate(Tensor y, Tensor x) {
    LayerNatives.accumulate(type(x), address(y), address(x), x.shape().elements(), stream());
  }

  @Override
  default void zero(Tensor y) {
    LayerNatives.zero(address(y), y.element().bytes(y.shape().elements()), stream());
  }

  @Override
  default void multiplyForward(Tensor y, Tensor a, Tensor b) {
    Shape s = a.shape();
    LayerNatives.multiplyForward(
        type(a),
        address(y),
        address(a),
        address(b),
        gates(a, b),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  @Override
  default void multiplyBackward(Tensor da, Tensor db, Tensor dy, Tensor a, Tensor b) {
    Shape s = a.shape();
    LayerNatives.multiplyBackward(
        type(a),
        address(da),
        address(db),
        address(dy),
        address(a),
        address(b),
        gates(a, b),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  /** Whether b has one position where a has more. */
  private static boolean gates(Tensor a, Tensor b) {
    return !b.shape().equals(a.shape());
  }

  @Override
  default void dropoutForward(Tensor y, Tensor mask, Tensor x, float rate, int layer) {
    LayerNatives.dropoutForward(
        type(x),
        address(y),
        address(mask),
        address(x),
        state(),
        rate,
        layer,
        x.shape().elements(),
        stream());
  }

  @Override
  default void dropoutBackward(Tensor dx, Tensor dy, Tensor mask, float rate) {
    LayerNatives.dropoutBackward(
        type(dy), address(dx), address(dy), address(mask), rate, dy.shape().elements(), stream());
  }
}
