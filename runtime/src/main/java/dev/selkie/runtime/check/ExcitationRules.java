package dev.selkie.runtime.check;

import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Tensor;

/** Squeeze-and-excitation that stands alone. */
interface ExcitationRules extends Ops {
  @Override
  default void exciteForward(Excitation excitation, Tensor x) {
    of(excitation, x);
    Require.apart(excitation.squeeze(), x);
  }

  @Override
  default void scaleForward(Tensor y, Tensor x, Excitation excitation) {
    Require.same(x, y);
    of(excitation, x);
    Require.apart(y, x, excitation.gate());
  }

  @Override
  default void exciteBackward(Excitation excitation, Tensor dy, Tensor x) {
    Require.same(x, dy);
    of(excitation, x);
    Require.apart(excitation.dGate(), dy, x);
  }

  @Override
  default void scaleBackward(Tensor dx, Tensor dy, Excitation excitation) {
    Require.same(dy, dx);
    of(excitation, dy);
    Require.apart(dx, dy, excitation.gate(), excitation.dSqueeze());
  }

  /** It belongs to the samples and channels of that activation. */
  static void of(Excitation excitation, Tensor x) {
    Require.activations(x);
    NormShapes.excitation(excitation, x.shape().batch(), x.shape().channels());
  }
}
