package dev.selkie.parity;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.MaxPool;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/**
 * Squeeze-and-excitation of a concatenation: each branch ends in a ReLU, so no norm takes it up.
 */
@Network(input = @Input(channels = 3, height = 16, width = 16))
interface SmallSeInception {
  @Conv(out = 16, kernel = 3)
  Tensor stem(Tensor image);

  @MaxPool(kernel = 3, stride = 2)
  Tensor pool(Tensor stem);

  @Stage(block = SeInceptionModule.class, repeat = 2)
  Tensor mixed(Tensor pool);

  @Stage(block = SeInceptionReduction.class, stride = 2)
  Tensor reduced(Tensor mixed);

  @GlobalAveragePool
  Tensor features(Tensor reduced);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
