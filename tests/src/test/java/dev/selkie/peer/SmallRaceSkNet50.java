package dev.selkie.peer;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.MaxPool;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;
import dev.selkie.samples.SkBottleneck;

/** The zoo's SKNet-50 on small images. */
@Network(input = @Input(channels = 3, height = 64, width = 64))
interface SmallRaceSkNet50 {
  @Conv(out = 64, kernel = 7, stride = 2)
  Tensor stem(Tensor image);

  @MaxPool(kernel = 3, stride = 2)
  Tensor pool(Tensor stem);

  @Stage(block = SkBottleneck.class, width = 64, repeat = 3)
  Tensor stage1(Tensor pool);

  @Stage(block = SkBottleneck.class, width = 128, repeat = 4, stride = 2)
  Tensor stage2(Tensor stage1);

  @Stage(block = SkBottleneck.class, width = 256, repeat = 6, stride = 2)
  Tensor stage3(Tensor stage2);

  @Stage(block = SkBottleneck.class, width = 512, repeat = 3, stride = 2)
  Tensor stage4(Tensor stage3);

  @GlobalAveragePool
  Tensor features(Tensor stage4);

  @Dense(out = 1000)
  Tensor logits(Tensor features);
}
