package dev.selkie.cuda;

import static dev.selkie.cuda.DeviceTensor.address;
import static dev.selkie.cuda.KernelVerbs.same;
import static dev.selkie.cuda.KernelVerbs.type;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** Channels moved, branches weighed. */
interface ChannelKernels extends KernelVerbs {

  @Override
  default void concatForward(Tensor y, Tensor x, int channel) {
    sameButChannels("concatForward", x, y);
    LayerNatives.concatForward(
        type(x),
        address(y),
        address(x),
        channel,
        KernelVerbs.rows(x),
        x.shape().channels(),
        y.shape().channels(),
        stream());
  }

  @Override
  default void concatBackward(Tensor dx, Tensor dy, int channel) {
    sameButChannels("concatBackward", dx, dy);
    LayerNatives.concatBackward(
        type(dy),
        address(dx),
        address(dy),
        channel,
        KernelVerbs.rows(dx),
        dx.shape().channels(),
        dy.shape().channels(),
        stream());
  }

  @Override
  default void channelShuffle(Tensor y, Tensor x, int groups) {
    same("channelShuffle", y, x);
    LayerNatives.channelShuffle(
        type(x),
        address(y),
        address(x),
        groups,
        KernelVerbs.rows(x),
        x.shape().channels(),
        stream());
  }

  @Override
  default void channelSplitForward(Tensor y, Tensor x, int channel) {
    sameButChannels("channelSplitForward", y, x);
    LayerNatives.channelSplitForward(
        type(x),
        address(y),
        address(x),
        channel,
        KernelVerbs.rows(x),
        y.shape().channels(),
        x.shape().channels(),
        stream());
  }

  @Override
  default void channelSplitBackward(Tensor dx, Tensor dy, int channel) {
    splitBackward("channelSplitBackward", dx, dy, channel, false);
  }

  @Override
  default void channelSplitBackwardAccumulate(Tensor dx, Tensor dy, int channel) {
    splitBackward("channelSplitBackwardAccumulate", dx, dy, channel, true);
  }

  private void splitBackward(String verb, Tensor dx, Tensor dy, int channel, boolean accumulate) {
    sameButChannels(verb, dy, dx);
    LayerNatives.channelSplitBackward(
        type(dy),
        address(dx),
        address(dy),
        channel,
        accumulate,
        KernelVerbs.rows(dy),
        dy.shape().channels(),
        dx.shape().channels(),
        stream());
  }

  @Override
  default void shakeShakeForward(Tensor y, Tensor a, Tensor b, int layer) {
    same("shakeShakeForward", y, a);
    same("shakeShakeForward", b, a);
    LayerNatives.shakeShakeForward(
        type(a),
        address(y),
        address(a),
        address(b),
        state(),
        layer,
        a.shape().batch(),
        a.shape().perSample(),
        stream());
  }

  @Override
  default void shakeShakeBackward(Tensor da, Tensor db, Tensor dy, int layer) {
    same("shakeShakeBackward", da, dy);
    same("shakeShakeBackward", db, dy);
    LayerNatives.shakeShakeBackward(
        type(dy),
        address(da),
        address(db),
        address(dy),
        state(),
        layer,
        dy.shape().batch(),
        dy.shape().perSample(),
        stream());
  }

  @Override
  default void shakeShakeInference(Tensor y, Tensor a, Tensor b) {
    same("shakeShakeInference", y, a);
    same("shakeShakeInference", b, a);
    LayerNatives.shakeShakeInference(
        type(a), address(y), address(a), address(b), a.shape().elements(), stream());
  }

  private static void sameButChannels(String verb, Tensor part, Tensor whole) {
    Shape p = part.shape();
    Shape w = whole.shape();
    if (p.batch() != w.batch() || p.height() != w.height() || p.width() != w.width()) {
      throw new BackendException(
          "%s: %s is %s but %s is %s; they must be alike but for their channels"
              .formatted(verb, part.name(), p, whole.name(), w));
    }
  }
}
