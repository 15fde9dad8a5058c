package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Relu;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/** {@link ShakeShake26} with squeeze-and-excitation (Hu et al., 2018, table 4). */
@Network(input = @Input(channels = 3, height = 32, width = 32))
public interface SeShakeShake26 {
  @Conv(out = 16, kernel = 3, activation = NONE)
  Tensor stem(Tensor image);

  @Stage(block = SeShakeShakeUnits.First.class, width = 96)
  Tensor first1(Tensor stem);

  @Stage(block = SeShakeShakeUnits.Unit.class, width = 96, repeat = 3)
  Tensor stage1(Tensor first1);

  @Stage(block = SeShakeShakeUnits.First.class, width = 192, stride = 2)
  Tensor first2(Tensor stage1);

  @Stage(block = SeShakeShakeUnits.Unit.class, width = 192, repeat = 3)
  Tensor stage2(Tensor first2);

  @Stage(block = SeShakeShakeUnits.First.class, width = 384, stride = 2)
  Tensor first3(Tensor stage2);

  @Stage(block = SeShakeShakeUnits.Unit.class, width = 384, repeat = 3)
  Tensor stage3(Tensor first3);

  @Relu
  Tensor activated(Tensor stage3);

  @GlobalAveragePool
  Tensor features(Tensor activated);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
