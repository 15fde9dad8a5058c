package dev.selkie.samples;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/** ResNeXt-29 16x32d for 32x32 images (Xie et al., 2017, table 7). */
@Network(input = @Input(channels = 3, height = 32, width = 32))
public interface ResNeXt29x16x32 {
  @Conv(out = 64, kernel = 3)
  Tensor stem(Tensor image);

  @Stage(block = CifarResNeXt16x32Unit.class, width = 64, repeat = 3)
  Tensor stage1(Tensor stem);

  @Stage(block = CifarResNeXt16x32Unit.class, width = 128, repeat = 3, stride = 2)
  Tensor stage2(Tensor stage1);

  @Stage(block = CifarResNeXt16x32Unit.class, width = 256, repeat = 3, stride = 2)
  Tensor stage3(Tensor stage2);

  @GlobalAveragePool
  Tensor features(Tensor stage3);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
