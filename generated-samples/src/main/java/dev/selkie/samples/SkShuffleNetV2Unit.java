package dev.selkie.samples;

import static dev.selkie.annotation.Groups.CHANNELS;

import dev.selkie.annotation.Block;
import dev.selkie.annotation.ChannelShuffle;
import dev.selkie.annotation.ChannelSplit;
import dev.selkie.annotation.Concat;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.SelectiveKernel;
import dev.selkie.runtime.Tensor;

/** {@link ShuffleNetV2Units.Unit} with a selective kernel for its depthwise convolution. */
@Block
public interface SkShuffleNetV2Unit {
  @ChannelSplit(part = 1)
  Tensor kept(Tensor x);

  @ChannelSplit(part = 2)
  Tensor taken(Tensor x);

  @Conv(widths = 1)
  Tensor first(Tensor taken);

  @SelectiveKernel(widths = 1, groups = CHANNELS)
  Tensor depthwise(Tensor first);

  @Conv(widths = 1)
  Tensor second(Tensor depthwise);

  @Concat
  Tensor joined(Tensor kept, Tensor second);

  @ChannelShuffle(groups = 2)
  Tensor out(Tensor joined);
}
