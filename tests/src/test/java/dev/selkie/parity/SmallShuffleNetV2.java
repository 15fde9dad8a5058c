package dev.selkie.parity;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;
import dev.selkie.samples.SeShuffleNetV2Units;

/** The zoo's units of SE-ShuffleNetV2, strided and not. */
@Network(input = @Input(channels = 3, height = 16, width = 16))
interface SmallShuffleNetV2 {
  @Conv(out = 8, kernel = 3)
  Tensor stem(Tensor image);

  @Stage(block = SeShuffleNetV2Units.Down.class, width = 12)
  Tensor down(Tensor stem);

  @Stage(block = SeShuffleNetV2Units.Unit.class, width = 12, repeat = 2)
  Tensor stage(Tensor down);

  @GlobalAveragePool
  Tensor features(Tensor stage);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
