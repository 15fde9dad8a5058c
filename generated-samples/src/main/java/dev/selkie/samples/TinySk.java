package dev.selkie.samples;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.SelectiveKernel;
import dev.selkie.runtime.Tensor;

/** A selective kernel small enough to be read beside what is generated from it. */
@Network(input = @Input(channels = 3, height = 32, width = 32))
public interface TinySk {
  @Conv(out = 16, kernel = 3)
  Tensor stem(Tensor image);

  @SelectiveKernel(out = 32, groups = 4, minimum = 8, stride = 2)
  Tensor mixed(Tensor stem);

  @GlobalAveragePool
  Tensor features(Tensor mixed);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
