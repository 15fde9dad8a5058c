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

/** {@link PreActResNet110} with squeeze-and-excitation (Hu et al., 2018, table 4). */
@Network(input = @Input(channels = 3, height = 32, width = 32))
public interface SePreActResNet110 {
  @Conv(out = 16, kernel = 3, norm = Norm.NONE, activation = NONE, bias = Bias.NO)
  Tensor stem(Tensor image);

  @Stage(block = SePreActBlock.class, width = 16, repeat = 18)
  Tensor stage1(Tensor stem);

  @Stage(block = SePreActBlock.class, width = 32, repeat = 18, stride = 2)
  Tensor stage2(Tensor stage1);

  @Stage(block = SePreActBlock.class, width = 64, repeat = 18, stride = 2)
  Tensor stage3(Tensor stage2);

  @BatchNorm(activation = RELU)
  Tensor activated(Tensor stage3);

  @GlobalAveragePool
  Tensor features(Tensor activated);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
