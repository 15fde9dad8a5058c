package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;
import static dev.selkie.annotation.Groups.CHANNELS;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.AveragePool;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.ChannelShuffle;
import dev.selkie.annotation.Concat;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Relu;
import dev.selkie.runtime.Tensor;

/**
 * The units of ShuffleNet with three groups (Zhang et al., 2018, figure 2), by the width of their
 * middle.
 */
public final class ShuffleNetUnits {
  private ShuffleNetUnits() {}

  /** The first strided unit: its first 1x1 has no groups. */
  @Block
  public interface First {
    @Conv(widths = 1)
    Tensor compress(Tensor x);

    @ChannelShuffle(groups = 3)
    Tensor shuffled(Tensor compress);

    @Conv(kernel = 3, stride = 2, groups = CHANNELS, activation = NONE)
    Tensor depthwise(Tensor shuffled);

    @Conv(out = 216, groups = 3, activation = NONE)
    Tensor expand(Tensor depthwise);

    @AveragePool(kernel = 3, stride = 2)
    Tensor pool(Tensor x);

    @Concat
    Tensor joined(Tensor pool, Tensor expand);

    @Relu
    Tensor out(Tensor joined);
  }

  /** A strided unit, which joins instead of adding. */
  @Block
  public interface Down {
    @Conv(widths = 1, groups = 3)
    Tensor compress(Tensor x);

    @ChannelShuffle(groups = 3)
    Tensor shuffled(Tensor compress);

    @Conv(kernel = 3, stride = 2, groups = CHANNELS, activation = NONE)
    Tensor depthwise(Tensor shuffled);

    @Conv(widths = 2, groups = 3, activation = NONE)
    Tensor expand(Tensor depthwise);

    @AveragePool(kernel = 3, stride = 2)
    Tensor pool(Tensor x);

    @Concat
    Tensor joined(Tensor pool, Tensor expand);

    @Relu
    Tensor out(Tensor joined);
  }

  /** A unit that keeps its shape. */
  @Block
  public interface Unit {
    @Conv(widths = 1, groups = 3)
    Tensor compress(Tensor x);

    @ChannelShuffle(groups = 3)
    Tensor shuffled(Tensor compress);

    @Conv(kernel = 3, groups = CHANNELS, activation = NONE)
    Tensor depthwise(Tensor shuffled);

    @Conv(widths = 4, groups = 3, activation = NONE)
    Tensor expand(Tensor depthwise);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor x);
  }
}
