package dev.selkie.cuda;

import static dev.selkie.cuda.DeviceTensor.address;
import static dev.selkie.cuda.KernelVerbs.type;

import dev.selkie.runtime.Tensor;

/** Channels moved, branches weighed. */
interface ChannelKernels extends KernelVerbs {

  @Override
  default void concatForward(Tensor y, Tensor x, int channel) {
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
    splitBackward(dx, dy, channel, false);
  }

  @Override
  default void channelSplitBackwardAccumulate(Tensor dx, Tensor dy, int channel) {
    splitBackward(dx, dy, channel, true);
  }

  private void splitBackward(Tensor dx, Tensor dy, int channel, boolean accumulate) {
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
    LayerNatives.shakeShakeInference(
        type(a), address(y), address(a), address(b), a.shape().elements(), stream());
  }
}
