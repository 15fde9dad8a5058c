package dev.selkie.samples;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/** {@link CifarResNet20} with squeeze-and-excitation in each unit. */
@Network(input = @Input(channels = 3, height = 32, width = 32))
public interface SeCifarResNet20 {
  @Conv(out = 16, kernel = 3)
  Tensor stem(Tensor image);

  @Stage(block = SePaddedBasicBlock.class, width = 16, repeat = 3)
  Tensor stage1(Tensor stem);

  @Stage(block = SePaddedBasicBlock.class, width = 32, repeat = 3, stride = 2)
  Tensor stage2(Tensor stage1);

  @Stage(block = SePaddedBasicBlock.class, width = 64, repeat = 3, stride = 2)
  Tensor stage3(Tensor stage2);

  @GlobalAveragePool
  Tensor features(Tensor stage3);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
