package dev.selkie.samples;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.MaxPool;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/** ShuffleNet 1x with three groups (Zhang et al., 2018, table 1). */
@Network(input = @Input(channels = 3, height = 224, width = 224))
public interface ShuffleNet {
  @Conv(out = 24, kernel = 3, stride = 2)
  Tensor stem(Tensor image);

  @MaxPool(kernel = 3, stride = 2)
  Tensor pool(Tensor stem);

  @Stage(block = ShuffleNetUnits.First.class, width = 60)
  Tensor down2(Tensor pool);

  @Stage(block = ShuffleNetUnits.Unit.class, width = 60, repeat = 3)
  Tensor stage2(Tensor down2);

  @Stage(block = ShuffleNetUnits.Down.class, width = 120)
  Tensor down3(Tensor stage2);

  @Stage(block = ShuffleNetUnits.Unit.class, width = 120, repeat = 7)
  Tensor stage3(Tensor down3);

  @Stage(block = ShuffleNetUnits.Down.class, width = 240)
  Tensor down4(Tensor stage3);

  @Stage(block = ShuffleNetUnits.Unit.class, width = 240, repeat = 3)
  Tensor stage4(Tensor down4);

  @GlobalAveragePool
  Tensor features(Tensor stage4);

  @Dense(out = 1000)
  Tensor logits(Tensor features);
}
