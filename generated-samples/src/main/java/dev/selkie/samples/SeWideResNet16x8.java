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

/** {@link WideResNet16x8} with squeeze-and-excitation (Hu et al., 2018, table 4). */
@Network(input = @Input(channels = 3, height = 32, width = 32))
public interface SeWideResNet16x8 {
  @Conv(out = 16, kernel = 3, norm = Norm.NONE, activation = NONE, bias = Bias.NO)
  Tensor stem(Tensor image);

  @Stage(block = SeWideUnits.First.class, width = 128)
  Tensor first1(Tensor stem);

  @Stage(block = SeWideUnits.Unit.class, width = 128)
  Tensor stage1(Tensor first1);

  @Stage(block = SeWideUnits.First.class, width = 256, stride = 2)
  Tensor first2(Tensor stage1);

  @Stage(block = SeWideUnits.Unit.class, width = 256)
  Tensor stage2(Tensor first2);

  @Stage(block = SeWideUnits.First.class, width = 512, stride = 2)
  Tensor first3(Tensor stage2);

  @Stage(block = SeWideUnits.Unit.class, width = 512)
  Tensor stage3(Tensor first3);

  @BatchNorm(activation = RELU)
  Tensor activated(Tensor stage3);

  @GlobalAveragePool
  Tensor features(Tensor activated);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
