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

/** WRN-28-10 (Zagoruyko and Komodakis, 2016, table 1). */
@Network(input = @Input(channels = 3, height = 32, width = 32))
public interface WideResNet28x10 {
  @Conv(out = 16, kernel = 3, norm = Norm.NONE, activation = NONE, bias = Bias.NO)
  Tensor stem(Tensor image);

  @Stage(block = WideUnits.First.class, width = 160)
  Tensor first1(Tensor stem);

  @Stage(block = WideUnits.Unit.class, width = 160, repeat = 3)
  Tensor stage1(Tensor first1);

  @Stage(block = WideUnits.First.class, width = 320, stride = 2)
  Tensor first2(Tensor stage1);

  @Stage(block = WideUnits.Unit.class, width = 320, repeat = 3)
  Tensor stage2(Tensor first2);

  @Stage(block = WideUnits.First.class, width = 640, stride = 2)
  Tensor first3(Tensor stage2);

  @Stage(block = WideUnits.Unit.class, width = 640, repeat = 3)
  Tensor stage3(Tensor first3);

  @BatchNorm(activation = RELU)
  Tensor activated(Tensor stage3);

  @GlobalAveragePool
  Tensor features(Tensor activated);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
