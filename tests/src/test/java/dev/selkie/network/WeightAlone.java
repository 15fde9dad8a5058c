package dev.selkie.network;

import dev.selkie.annotation.Bias;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.runtime.Tensor;

/** Nothing without weight decay. */
@Network(input = @Input(channels = 2, height = 4, width = 4))
interface WeightAlone {
  @Dense(out = 3, bias = Bias.NO)
  Tensor logits(Tensor image);
}
