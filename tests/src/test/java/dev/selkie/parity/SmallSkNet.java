package dev.selkie.parity;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.MaxPool;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/** SKNet-26 of an eighth of its width, on small images. */
@Network(input = @Input(channels = 3, height = 64, width = 64))
interface SmallSkNet {
  @Conv(out = 16, kernel = 7, stride = 2)
  Tensor stem(Tensor image);

  @MaxPool(kernel = 3, stride = 2)
  Tensor pool(Tensor stem);

  @Stage(block = SkBottleneck.class, width = 16, repeat = 2)
  Tensor stage1(Tensor pool);

  @Stage(block = SkBottleneck.class, width = 16, repeat = 2, stride = 2)
  Tensor stage2(Tensor stage1);

  @Stage(block = SkBottleneck.class, width = 32, repeat = 2, stride = 2)
  Tensor stage3(Tensor stage2);

  @Stage(block = SkBottleneck.class, width = 32, repeat = 2, stride = 2)
  Tensor stage4(Tensor stage3);

  @GlobalAveragePool
  Tensor features(Tensor stage4);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
