package dev.selkie.parity;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Groups.CHANNELS;

import dev.selkie.annotation.Block;
import dev.selkie.annotation.ChannelShuffle;
import dev.selkie.annotation.ChannelSplit;
import dev.selkie.annotation.Concat;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/** The units of SE-ShuffleNetV2 as the zoo has them, strided and not. */
@Network(input = @Input(channels = 3, height = 16, width = 16))
interface SmallShuffleNetV2 {
  @Conv(out = 8, kernel = 3)
  Tensor stem(Tensor image);

  @Stage(block = Down.class, width = 12)
  Tensor down(Tensor stem);

  @Stage(block = Unit.class, width = 12, repeat = 2)
  Tensor stage(Tensor down);

  @GlobalAveragePool
  Tensor features(Tensor stage);

  @Dense(out = 10)
  Tensor logits(Tensor features);

  /** A strided unit: both halves are convolved. */
  @Block
  interface Down {
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
  interface Unit {
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
