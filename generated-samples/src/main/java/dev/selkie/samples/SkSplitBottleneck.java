package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.ChannelSplit;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.SelectiveKernel;
import dev.selkie.annotation.Shortcut;
import dev.selkie.runtime.Tensor;

/** The unit of timm's skresnet50: each branch sees half of the channels. */
@Block
public interface SkSplitBottleneck {
  @Conv(widths = 1)
  Tensor reduce(Tensor x);

  @ChannelSplit(part = 1)
  Tensor left(Tensor reduce);

  @ChannelSplit(part = 2)
  Tensor right(Tensor reduce);

  @SelectiveKernel(widths = 1, strided = true, groups = 1, minimum = 8)
  Tensor spatial(Tensor left, Tensor right);

  @Conv(widths = 4, activation = NONE)
  Tensor expand(Tensor spatial);

  @Shortcut(widths = 4, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor expand, Tensor shortcut);
}
