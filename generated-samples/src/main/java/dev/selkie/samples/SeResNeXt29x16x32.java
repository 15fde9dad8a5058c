package dev.selkie.samples;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/**
 * {@link ResNeXt29x16x32} with squeeze-and-excitation (Li et al., 2019, table 5). Its parameters
 * are not those of the paper, which does not give its reduction.
 */
@Network(input = @Input(channels = 3, height = 32, width = 32))
public interface SeResNeXt29x16x32 {
  @Conv(out = 64, kernel = 3)
  Tensor stem(Tensor image);

  @Stage(block = SeCifarResNeXt16x32Unit.class, width = 64, repeat = 3)
  Tensor stage1(Tensor stem);

  @Stage(block = SeCifarResNeXt16x32Unit.class, width = 128, repeat = 3, stride = 2)
  Tensor stage2(Tensor stage1);

  @Stage(block = SeCifarResNeXt16x32Unit.class, width = 256, repeat = 3, stride = 2)
  Tensor stage3(Tensor stage2);

  @GlobalAveragePool
  Tensor features(Tensor stage3);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
