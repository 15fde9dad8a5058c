package dev.selkie.samples;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.MaxPool;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/** Small enough to be read beside what is generated from it, {@link TinyNetwork}. */
@Network(input = @Input(channels = 3, height = 32, width = 32))
public interface Tiny {
  @Conv(out = 16, kernel = 3)
  Tensor stem(Tensor image);

  @MaxPool(kernel = 2)
  Tensor pool(Tensor stem);

  @Stage(block = SeBasicBlock.class, width = 32, stride = 2)
  Tensor stage(Tensor pool);

  @GlobalAveragePool
  Tensor features(Tensor stage);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
