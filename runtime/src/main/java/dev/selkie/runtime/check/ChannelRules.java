package dev.selkie.runtime.check;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** Channels that are moved lie within the wider tensor; branches that are weighed are alike. */
interface ChannelRules extends Ops {
  @Override
  default void concatForward(Tensor y, Tensor x, int channel) {
    within(x, y, channel);
    Require.apart(y, x);
  }

  @Override
  default void concatBackward(Tensor dx, Tensor dy, int channel) {
    within(dx, dy, channel);
    Require.apart(dx, dy);
  }

  @Override
  default void channelSplitForward(Tensor y, Tensor x, int channel) {
    within(y, x, channel);
    Require.apart(y, x);
  }

  @Override
  default void channelSplitBackward(Tensor dx, Tensor dy, int channel) {
    within(dy, dx, channel);
    Require.apart(dx, dy);
  }

  @Override
  default void channelSplitBackwardAccumulate(Tensor dx, Tensor dy, int channel) {
    channelSplitBackward(dx, dy, channel);
  }

  @Override
  default void channelShuffle(Tensor y, Tensor x, int groups) {
    Require.same(x, y);
    Require.apart(y, x);
    Require.that(
        groups >= 1 && x.shape().channels() % groups == 0,
        "%d groups do not divide the %d channels of %s (%s)",
        groups,
        x.shape().channels(),
        x.name(),
        x.shape());
  }

  @Override
  default void shakeShakeForward(Tensor y, Tensor a, Tensor b, int layer) {
    Require.same(a, y, b);
    Require.apart(y, a, b);
  }

  @Override
  default void shakeShakeBackward(Tensor da, Tensor db, Tensor dy, int layer) {
    Require.same(dy, da, db);
    Require.apart(da, db, dy);
    Require.apart(db, dy);
  }

  @Override
  default void shakeShakeInference(Tensor y, Tensor a, Tensor b) {
    shakeShakeForward(y, a, b, 0);
  }

  private static void within(Tensor part, Tensor whole, int channel) {
    Require.activations(whole, part);
    Shape p = part.shape();
    Shape w = whole.shape();
    Require.that(
        p.batch() == w.batch() && p.height() == w.height() && p.width() == w.width(),
        "%s is %s but %s is %s; both must be alike but for their channels",
        part.name(),
        p,
        whole.name(),
        w);
    Require.that(
        channel >= 0 && (long) channel + p.channels() <= w.channels(),
        "the %d channels of %s (%s) from channel %d on do not lie within the %d of %s (%s)",
        p.channels(),
        part.name(),
        p,
        channel,
        w.channels(),
        whole.name(),
        w);
  }
}
