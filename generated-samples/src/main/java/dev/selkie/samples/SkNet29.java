package dev.selkie.samples;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/**
 * SKNet-29 for 32x32 images (Li et al., 2019, table 5), {@link ResNeXt29x16x32} with selective
 * kernels. The paper leaves its branches and reduction to a supplement; with these and its own 32
 * hidden units at least it has 27.8 million parameters, where the table says 27.7.
 */
@Network(input = @Input(channels = 3, height = 32, width = 32))
public interface SkNet29 {
  @Conv(out = 64, kernel = 3)
  Tensor stem(Tensor image);

  @Stage(block = SkCifarUnit.class, width = 64, repeat = 3)
  Tensor stage1(Tensor stem);

  @Stage(block = SkCifarUnit.class, width = 128, repeat = 3, stride = 2)
  Tensor stage2(Tensor stage1);

  @Stage(block = SkCifarUnit.class, width = 256, repeat = 3, stride = 2)
  Tensor stage3(Tensor stage2);

  @GlobalAveragePool
  Tensor features(Tensor stage3);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
