package dev.selkie.parity;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/** Squeeze-and-excitation between a batch norm and a sum, behind grouped convolutions. */
@Network(input = @Input(channels = 3, height = 16, width = 16))
interface SmallSeResNeXt {
  @Conv(out = 16, kernel = 3)
  Tensor stem(Tensor image);

  @Stage(block = GroupedSeBottleneck.class, width = 8)
  Tensor stage1(Tensor stem);

  @Stage(block = GroupedSeBottleneck.class, width = 16, repeat = 2, stride = 2)
  Tensor stage2(Tensor stage1);

  @GlobalAveragePool
  Tensor features(Tensor stage2);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
