package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.BatchNorm;
import dev.selkie.annotation.Bias;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Norm;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/** Pre-activated ResNet-164 for 32x32 images (He et al., 2016, table 2). */
@Network(input = @Input(channels = 3, height = 32, width = 32))
public interface PreActResNet164 {
  @Conv(out = 16, kernel = 3, norm = Norm.NONE, activation = NONE, bias = Bias.NO)
  Tensor stem(Tensor image);

  @Stage(block = PreActBottlenecks.First.class, width = 16)
  Tensor first1(Tensor stem);

  @Stage(block = PreActBottlenecks.Unit.class, width = 16, repeat = 17)
  Tensor stage1(Tensor first1);

  @Stage(block = PreActBottlenecks.First.class, width = 32, stride = 2)
  Tensor first2(Tensor stage1);

  @Stage(block = PreActBottlenecks.Unit.class, width = 32, repeat = 17)
  Tensor stage2(Tensor first2);

  @Stage(block = PreActBottlenecks.First.class, width = 64, stride = 2)
  Tensor first3(Tensor stage2);

  @Stage(block = PreActBottlenecks.Unit.class, width = 64, repeat = 17)
  Tensor stage3(Tensor first3);

  @BatchNorm(activation = RELU)
  Tensor activated(Tensor stage3);

  @GlobalAveragePool
  Tensor features(Tensor activated);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
