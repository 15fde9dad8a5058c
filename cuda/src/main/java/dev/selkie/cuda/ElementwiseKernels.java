package dev.selkie.cuda;

import static dev.selkie.cuda.DeviceTensor.address;
import static dev.selkie.cuda.KernelVerbs.same;
import static dev.selkie.cuda.KernelVerbs.type;

import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** Value by value. */
interface ElementwiseKernels extends KernelVerbs {

  @Override
  default void reluForward(Tensor y, Tensor x) {
    same("reluForward", y, x);
    LayerNatives.reluForward(type(x), address(y), address(x), x.shape().elements(), stream());
  }

  @Override
  default void reluBackward(Tensor dx, Tensor dy, Tensor y) {
    same("reluBackward", dx, dy);
    same("reluBackward", y, dy);
    LayerNatives.reluBackward(
        type(dy), address(dx), address(dy), address(y), dy.shape().elements(), stream());
  }

  @Override
  default void sigmoidForward(Tensor y, Tensor x) {
    same("sigmoidForward", y, x);
    LayerNatives.sigmoidForward(type(x), address(y), address(x), x.shape().elements(), stream());
  }

  @Override
  default void sigmoidBackward(Tensor dx, Tensor dy, Tensor y) {
    same("sigmoidBackward", dx, dy);
    same("sigmoidBackward", y, dy);
    LayerNatives.sigmoidBackward(
        type(dy), address(dx), address(dy), address(y), dy.shape().elements(), stream());
  }

  @Override
  default void addForward(Tensor y, Tensor a, Tensor b) {
    same("addForward", y, a);
    same("addForward", b, a);
    LayerNatives.addForward(
        type(a), address(y), address(a), address(b), a.shape().elements(), stream());
  }

  @Override
  default void times(Tensor y, Tensor x, float factor) {
    same("times", y, x);
    LayerNatives.times(type(x), address(y), address(x), factor, x.shape().elements(), stream());
  }

  @Override
  default void copy(Tensor y, Tensor x) {
    same("copy", y, x);
    LayerNatives.copy(type(x), address(y), address(x), x.shape().elements(), stream());
  }

  @Override
  default void accumulate(Tensor y, Tensor x) {
    same("accumulate", y, x);
    LayerNatives.accumulate(type(x), address(y), address(x), x.shape().elements(), stream());
  }

  @Override
  default void zero(Tensor y) {
    LayerNatives.zero(address(y), y.element().bytes(y.shape().elements()), stream());
  }

  @Override
  default void multiplyForward(Tensor y, Tensor a, Tensor b) {
    same("multiplyForward", y, a);
    Shape s = a.shape();
    LayerNatives.multiplyForward(
        type(a),
        address(y),
        address(a),
        address(b),
        gates("multiplyForward", a, b),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  @Override
  default void multiplyBackward(Tensor da, Tensor db, Tensor dy, Tensor a, Tensor b) {
    same("multiplyBackward", da, a);
    same("multiplyBackward", dy, a);
    same("multiplyBackward", db, b);
    Shape s = a.shape();
    LayerNatives.multiplyBackward(
        type(a),
        address(da),
        address(db),
        address(dy),
        address(a),
        address(b),
        gates("multiplyBackward", a, b),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  /** Whether b has one position where a has more. */
  private static boolean gates(String verb, Tensor a, Tensor b) {
    if (b.shape().equals(a.shape())) {
      return false;
    }
    KernelVerbs.perSample(verb, b, a, 1);
    return true;
  }

  @Override
  default void dropoutForward(Tensor y, Tensor mask, Tensor x, float rate, int layer) {
    same("dropoutForward", y, x);
    same("dropoutForward", mask, x);
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
    same("dropoutBackward", dx, dy);
    same("dropoutBackward", mask, dy);
    LayerNatives.dropoutBackward(
        type(dy), address(dx), address(dy), address(mask), rate, dy.shape().elements(), stream());
  }
}
