package dev.selkie.samples;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/**
 * {@link MobileNet} with squeeze-and-excitation (Hu et al., 2018, table 3). The paper does not say
 * where; behind each pair of convolutions gives its counts.
 */
@Network(input = @Input(channels = 3, height = 224, width = 224))
public interface SeMobileNet {
  @Conv(out = 32, kernel = 3, stride = 2)
  Tensor stem(Tensor image);

  @Stage(block = SeSeparableConv.class, width = 64)
  Tensor stage1(Tensor stem);

  @Stage(block = SeSeparableConv.class, width = 128, stride = 2)
  Tensor stage2(Tensor stage1);

  @Stage(block = SeSeparableConv.class, width = 128)
  Tensor stage3(Tensor stage2);

  @Stage(block = SeSeparableConv.class, width = 256, stride = 2)
  Tensor stage4(Tensor stage3);

  @Stage(block = SeSeparableConv.class, width = 256)
  Tensor stage5(Tensor stage4);

  @Stage(block = SeSeparableConv.class, width = 512, stride = 2)
  Tensor stage6(Tensor stage5);

  @Stage(block = SeSeparableConv.class, width = 512, repeat = 5)
  Tensor stage7(Tensor stage6);

  @Stage(block = SeSeparableConv.class, width = 1024, stride = 2)
  Tensor stage8(Tensor stage7);

  @Stage(block = SeSeparableConv.class, width = 1024)
  Tensor stage9(Tensor stage8);

  @GlobalAveragePool
  Tensor features(Tensor stage9);

  @Dense(out = 1000)
  Tensor logits(Tensor features);
}
