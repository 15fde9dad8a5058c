package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Groups.CHANNELS;

import dev.selkie.annotation.Block;
import dev.selkie.annotation.ChannelShuffle;
import dev.selkie.annotation.ChannelSplit;
import dev.selkie.annotation.Concat;
import dev.selkie.annotation.Conv;
import dev.selkie.runtime.Tensor;

/** The units of ShuffleNetV2 (Ma et al., 2018, figures 3c and 3d), by half their channels. */
public final class ShuffleNetV2Units {
  private ShuffleNetV2Units() {}

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

    @Concat
    Tensor joined(Tensor kept, Tensor second);

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

    @Concat
    Tensor joined(Tensor kept, Tensor second);

    @ChannelShuffle(groups = 2)
    Tensor out(Tensor joined);
  }
}
