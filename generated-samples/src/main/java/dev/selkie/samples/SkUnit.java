package dev.selkie.samples;

import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/** One unit of {@link SkNet50}, as its first stage has it behind the first: for benchmarks. */
@Network(input = @Input(channels = 256, height = 56, width = 56))
public interface SkUnit {
  @Stage(block = SkBottleneck.class, width = 64)
  Tensor stage1(Tensor image);

  @GlobalAveragePool
  Tensor features(Tensor stage1);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
