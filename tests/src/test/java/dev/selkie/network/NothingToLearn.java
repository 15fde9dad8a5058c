package dev.selkie.network;

import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.MaxPool;
import dev.selkie.annotation.Network;
import dev.selkie.runtime.Tensor;

/** No parameters at all. */
@Network(input = @Input(channels = 4, height = 6, width = 5))
interface NothingToLearn {
  @MaxPool(kernel = 3, stride = 2)
  Tensor pooled(Tensor image);

  @GlobalAveragePool
  Tensor logits(Tensor pooled);
}
