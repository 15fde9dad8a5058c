package dev.selkie.network;

import dev.selkie.annotation.BatchNorm;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.runtime.Tensor;

/** Nothing with weight decay. */
@Network(input = @Input(channels = 5, height = 4, width = 4))
interface NormAlone {
  @BatchNorm
  Tensor scaled(Tensor image);

  @GlobalAveragePool
  Tensor logits(Tensor scaled);
}
