package dev.selkie.parity;

import dev.selkie.annotation.ChannelSplit;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.SelectiveKernel;
import dev.selkie.runtime.Tensor;

/** Selective kernels of two and three branches, true kernels, branches of inputs of their own. */
@Network(input = @Input(channels = 3, height = 16, width = 16))
interface SmallSk {
  @Conv(out = 16, kernel = 3)
  Tensor stem(Tensor image);

  @SelectiveKernel(out = 16, groups = 4, minimum = 8)
  Tensor two(Tensor stem);

  @SelectiveKernel(out = 24, branches = 3, groups = 4, minimum = 8, stride = 2)
  Tensor three(Tensor two);

  @SelectiveKernel(
      out = 16,
      kernels = {3, 5},
      groups = {4, 8},
      minimum = 8)
  Tensor kernels(Tensor three);

  @ChannelSplit(part = 1)
  Tensor left(Tensor kernels);

  @ChannelSplit(part = 2)
  Tensor right(Tensor kernels);

  @SelectiveKernel(out = 16, groups = 1, minimum = 8)
  Tensor split(Tensor left, Tensor right);

  @GlobalAveragePool
  Tensor features(Tensor split);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
