package dev.selkie.samples;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.MaxPool;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/**
 * {@link ShuffleNetV2x05} with selective kernels (Li et al., 2019, table 4). The paper does not say
 * which convolutions they replace; with its 32 hidden units at least, those of units that split
 * their channels, and they alone, add the 0.08 million parameters that it prints.
 */
@Network(input = @Input(channels = 3, height = 224, width = 224))
public interface SkShuffleNetV2x05 {
  @Conv(out = 24, kernel = 3, stride = 2)
  Tensor stem(Tensor image);

  @MaxPool(kernel = 3, stride = 2)
  Tensor pool(Tensor stem);

  @Stage(block = ShuffleNetV2Units.Down.class, width = 24)
  Tensor down2(Tensor pool);

  @Stage(block = SkShuffleNetV2Unit.class, width = 24, repeat = 3)
  Tensor stage2(Tensor down2);

  @Stage(block = ShuffleNetV2Units.Down.class, width = 48)
  Tensor down3(Tensor stage2);

  @Stage(block = SkShuffleNetV2Unit.class, width = 48, repeat = 7)
  Tensor stage3(Tensor down3);

  @Stage(block = ShuffleNetV2Units.Down.class, width = 96)
  Tensor down4(Tensor stage3);

  @Stage(block = SkShuffleNetV2Unit.class, width = 96, repeat = 3)
  Tensor stage4(Tensor down4);

  @Conv(out = 1024)
  Tensor top(Tensor stage4);

  @GlobalAveragePool
  Tensor features(Tensor top);

  @Dense(out = 1000)
  Tensor logits(Tensor features);
}
