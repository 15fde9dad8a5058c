package dev.selkie.cpu;

import static dev.selkie.cpu.CpuTensor.cpu;

import dev.selkie.runtime.Tensor;

/** The verbs that move channels, join branches and weigh them. */
abstract class BranchOps extends NormOps {
  final Elementwise elementwise;
  private final Concat concat;
  private final ChannelMoves channels;
  private final ShakeShake shakeShake;

  /** What this step's draws are made from. */
  long seed;

  BranchOps(Lanes lanes) {
    super(lanes);
    elementwise = new Elementwise(lanes);
    concat = new Concat(lanes);
    channels = new ChannelMoves(lanes);
    shakeShake = new ShakeShake(lanes);
  }

  @Override
  public final void concatForward(Tensor y, Tensor x, int channel) {
    concat.forward(cpu(y), cpu(x), channel);
  }

  @Override
  public final void concatBackward(Tensor dx, Tensor dy, int channel) {
    concat.backward(cpu(dx), cpu(dy), channel);
  }

  @Override
  public final void channelShuffle(Tensor y, Tensor x, int groups) {
    channels.shuffle(cpu(y), cpu(x), groups);
  }

  @Override
  public final void channelSplitForward(Tensor y, Tensor x, int channel) {
    concat.backward(cpu(y), cpu(x), channel);
  }

  @Override
  public final void channelSplitBackward(Tensor dx, Tensor dy, int channel) {
    channels.spread(cpu(dx), cpu(dy), channel, false);
  }

  @Override
  public final void channelSplitBackwardAccumulate(Tensor dx, Tensor dy, int channel) {
    channels.spread(cpu(dx), cpu(dy), channel, true);
  }

  @Override
  public final void times(Tensor y, Tensor x, float factor) {
    elementwise.times(cpu(y), cpu(x), factor);
  }

  @Override
  public final void shakeShakeForward(Tensor y, Tensor a, Tensor b, int layer) {
    shakeShake.forward(cpu(y), cpu(a), cpu(b), layer, seed);
  }

  @Override
  public final void shakeShakeBackward(Tensor da, Tensor db, Tensor dy, int layer) {
    shakeShake.backward(cpu(da), cpu(db), cpu(dy), layer, seed);
  }

  @Override
  public final void shakeShakeInference(Tensor y, Tensor a, Tensor b) {
    elementwise.run(Elementwise::mean, cpu(y), cpu(a), cpu(b));
  }

  @Override
  public final void seed(long value) {
    seed = value;
  }
}
