package dev.selkie.samples;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.MaxPool;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/** SKNet-50 with dilations 2 and 3 (Li et al., 2019, table 7). */
@Network(input = @Input(channels = 3, height = 224, width = 224))
public interface SkNet50Dilations2And3 {
  @Conv(out = 64, kernel = 7, stride = 2)
  Tensor stem(Tensor image);

  @MaxPool(kernel = 3, stride = 2)
  Tensor pool(Tensor stem);

  @Stage(block = SkBranches.Dilations2And3.class, width = 64, repeat = 3)
  Tensor stage1(Tensor pool);

  @Stage(block = SkBranches.Dilations2And3.class, width = 128, repeat = 4, stride = 2)
  Tensor stage2(Tensor stage1);

  @Stage(block = SkBranches.Dilations2And3.class, width = 256, repeat = 6, stride = 2)
  Tensor stage3(Tensor stage2);

  @Stage(block = SkBranches.Dilations2And3.class, width = 512, repeat = 3, stride = 2)
  Tensor stage4(Tensor stage3);

  @GlobalAveragePool
  Tensor features(Tensor stage4);

  @Dense(out = 1000)
  Tensor logits(Tensor features);
}
