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

/** {@link PreActResNet164} with squeeze-and-excitation (Hu et al., 2018, table 4). */
@Network(input = @Input(channels = 3, height = 32, width = 32))
public interface SePreActResNet164 {
  @Conv(out = 16, kernel = 3, norm = Norm.NONE, activation = NONE, bias = Bias.NO)
  Tensor stem(Tensor image);

  @Stage(block = SePreActBottlenecks.First.class, width = 16)
  Tensor first1(Tensor stem);

  @Stage(block = SePreActBottlenecks.Unit.class, width = 16, repeat = 17)
  Tensor stage1(Tensor first1);

  @Stage(block = SePreActBottlenecks.First.class, width = 32, stride = 2)
  Tensor first2(Tensor stage1);

  @Stage(block = SePreActBottlenecks.Unit.class, width = 32, repeat = 17)
  Tensor stage2(Tensor first2);

  @Stage(block = SePreActBottlenecks.First.class, width = 64, stride = 2)
  Tensor first3(Tensor stage2);

  @Stage(block = SePreActBottlenecks.Unit.class, width = 64, repeat = 17)
  Tensor stage3(Tensor first3);

  @BatchNorm(activation = RELU)
  Tensor activated(Tensor stage3);

  @GlobalAveragePool
  Tensor features(Tensor activated);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
