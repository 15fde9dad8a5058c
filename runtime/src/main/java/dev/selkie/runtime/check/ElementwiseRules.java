package dev.selkie.runtime.check;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** Value by value: tensors of one shape, and what may be done in place. */
interface ElementwiseRules extends Ops {
  @Override
  default void reluForward(Tensor y, Tensor x) {
    Require.same(x, y);
    Require.apart(y, x);
  }

  @Override
  default void reluBackward(Tensor dx, Tensor dy, Tensor y) {
    Require.same(dy, dx, y);
    Require.inPlaceOrApart(dx, dy);
    Require.apart(dx, y);
  }

  @Override
  default void sigmoidForward(Tensor y, Tensor x) {
    reluForward(y, x);
  }

  @Override
  default void sigmoidBackward(Tensor dx, Tensor dy, Tensor y) {
    reluBackward(dx, dy, y);
  }

  @Override
  default void addForward(Tensor y, Tensor a, Tensor b) {
    Require.same(a, y, b);
    Require.inPlaceOrApart(y, a);
    Require.inPlaceOrApart(y, b);
  }

  @Override
  default void times(Tensor y, Tensor x, float factor) {
    Require.that(Float.isFinite(factor), "the factor is %s but must be finite", factor);
    Require.same(x, y);
    Require.inPlaceOrApart(y, x);
  }

  @Override
  default void copy(Tensor y, Tensor x) {
    Require.same(x, y);
    Require.apart(y, x);
  }

  @Override
  default void accumulate(Tensor y, Tensor x) {
    Require.same(x, y);
    Require.apart(y, x);
  }

  @Override
  default void multiplyForward(Tensor y, Tensor a, Tensor b) {
    Require.same(a, y);
    factor(b, a);
    Require.apart(y, a, b);
  }

  @Override
  default void multiplyBackward(Tensor da, Tensor db, Tensor dy, Tensor a, Tensor b) {
    Require.same(a, da, dy);
    factor(b, a);
    Require.same(b, db);
    Require.apart(da, db, dy, a, b);
    Require.apart(db, dy, a, b);
  }

  @Override
  default void dropoutForward(Tensor y, Tensor mask, Tensor x, float rate, int layer) {
    Require.share("the rate", rate);
    Require.same(x, y);
    Require.beside(mask, Element.BIT, x);
    Require.apart(y, mask, x);
    Require.apart(mask, x);
  }

  @Override
  default void dropoutBackward(Tensor dx, Tensor dy, Tensor mask, float rate) {
    Require.share("the rate", rate);
    Require.same(dy, dx);
    Require.beside(mask, Element.BIT, dy);
    Require.inPlaceOrApart(dx, dy);
    Require.apart(dx, mask);
  }

  /** Anything has a zero. */
  @Override
  default void zero(Tensor y) {}

  /** Of a's shape, or a gate of a's channels. */
  private static void factor(Tensor b, Tensor a) {
    Require.activations(a, b);
    Shape gate = new Shape(a.shape().batch(), 1, 1, a.shape().channels());
    Require.that(
        b.shape().equals(a.shape()) || b.shape().equals(gate),
        "%s is %s but must be %s, as %s is, or %s, one factor for each sample and channel",
        b.name(),
        b.shape(),
        a.shape(),
        a.name(),
        gate);
  }
}
