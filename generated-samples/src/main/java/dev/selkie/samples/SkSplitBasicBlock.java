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

/** The unit of timm's skresnet18 and skresnet34: each branch sees half of the channels. */
@Block
public interface SkSplitBasicBlock {
  @ChannelSplit(part = 1)
  Tensor left(Tensor x);

  @ChannelSplit(part = 2)
  Tensor right(Tensor x);

  @SelectiveKernel(widths = 1, strided = true, groups = 1, reduction = 8, minimum = 16)
  Tensor first(Tensor left, Tensor right);

  @Conv(widths = 1, kernel = 3, activation = NONE)
  Tensor second(Tensor first);

  @Shortcut(widths = 1, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor second, Tensor shortcut);
}
