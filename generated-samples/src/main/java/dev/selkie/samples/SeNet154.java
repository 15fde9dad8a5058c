package dev.selkie.samples;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.Dropout;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.MaxPool;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/**
 * SENet-154 (Hu et al., 2018, table 8 and appendix), as released: Caffe's stem pool, dropout before
 * the last layer.
 */
@Network(input = @Input(channels = 3, height = 224, width = 224))
public interface SeNet154 {
  @Conv(out = 64, kernel = 3, stride = 2)
  Tensor stem1(Tensor image);

  @Conv(out = 64, kernel = 3)
  Tensor stem2(Tensor stem1);

  @Conv(out = 128, kernel = 3)
  Tensor stem3(Tensor stem2);

  @MaxPool(kernel = 3, stride = 2, padding = 0, ceil = true)
  Tensor pool(Tensor stem3);

  @Stage(block = SeNetFirstBottleneck.class, width = 64, repeat = 3)
  Tensor stage1(Tensor pool);

  @Stage(block = SeNetBottleneck.class, width = 128, repeat = 8, stride = 2)
  Tensor stage2(Tensor stage1);

  @Stage(block = SeNetBottleneck.class, width = 256, repeat = 36, stride = 2)
  Tensor stage3(Tensor stage2);

  @Stage(block = SeNetBottleneck.class, width = 512, repeat = 3, stride = 2)
  Tensor stage4(Tensor stage3);

  @GlobalAveragePool
  Tensor features(Tensor stage4);

  @Dropout(rate = 0.2)
  Tensor kept(Tensor features);

  @Dense(out = 1000)
  Tensor logits(Tensor kept);
}
