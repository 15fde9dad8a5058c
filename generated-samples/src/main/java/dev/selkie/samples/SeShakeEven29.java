package dev.selkie.samples;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/** {@link ShakeEven29} with squeeze-and-excitation (Hu et al., 2018, table 5). */
@Network(input = @Input(channels = 3, height = 32, width = 32))
public interface SeShakeEven29 {
  @Conv(out = 64, kernel = 3)
  Tensor stem(Tensor image);

  @Stage(block = SeShakeEvenUnit.class, width = 64, repeat = 3)
  Tensor stage1(Tensor stem);

  @Stage(block = SeShakeEvenUnit.class, width = 128, repeat = 3, stride = 2)
  Tensor stage2(Tensor stage1);

  @Stage(block = SeShakeEvenUnit.class, width = 256, repeat = 3, stride = 2)
  Tensor stage3(Tensor stage2);

  @GlobalAveragePool
  Tensor features(Tensor stage3);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
