package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Groups.CHANNELS;

import dev.selkie.annotation.Block;
import dev.selkie.annotation.ChannelShuffle;
import dev.selkie.annotation.ChannelSplit;
import dev.selkie.annotation.Concat;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/** {@link ShuffleNetV2Units} with squeeze-and-excitation at the end of the branch. */
public final class SeShuffleNetV2Units {
  private SeShuffleNetV2Units() {}

  /** A strided unit: both halves are convolved. */
  @Block
  public interface Down {
    @Conv(kernel = 3, stride = 2, groups = CHANNELS, activation = NONE)
    Tensor keptDepthwise(Tensor x);

    @Conv(widths = 1)
    Tensor kept(Tensor keptDepthwise);

    @Conv(widths = 1)
    Tensor first(Tensor x);

    @Conv(kernel = 3, stride = 2, groups = CHANNELS, activation = NONE)
    Tensor depthwise(Tensor first);

    @Conv(widths = 1)
    Tensor second(Tensor depthwise);

    @SqueezeExcite(reduction = 16)
    Tensor recalibrated(Tensor second);

    @Concat
    Tensor joined(Tensor kept, Tensor recalibrated);

    @ChannelShuffle(groups = 2)
    Tensor out(Tensor joined);
  }

  /** A unit that splits its channels. */
  @Block
  public interface Unit {
    @ChannelSplit(part = 1)
    Tensor kept(Tensor x);

    @ChannelSplit(part = 2)
    Tensor taken(Tensor x);

    @Conv(widths = 1)
    Tensor first(Tensor taken);

    @Conv(kernel = 3, groups = CHANNELS, activation = NONE)
    Tensor depthwise(Tensor first);

    @Conv(widths = 1)
    Tensor second(Tensor depthwise);

    @SqueezeExcite(reduction = 16)
    Tensor recalibrated(Tensor second);

    @Concat
    Tensor joined(Tensor kept, Tensor recalibrated);

    @ChannelShuffle(groups = 2)
    Tensor out(Tensor joined);
  }
}
