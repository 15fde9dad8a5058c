package dev.selkie.parity;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.BatchNorm;
import dev.selkie.annotation.Bias;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.Gate;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Norm;
import dev.selkie.annotation.PaddedShortcut;
import dev.selkie.annotation.Squeeze;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/** Pre-activated residual units with squeeze-and-excitation behind a bare convolution. */
@Network(input = @Input(channels = 3, height = 16, width = 16))
interface SmallSePreAct {
  @Conv(out = 8, kernel = 3, norm = Norm.NONE, activation = NONE, bias = Bias.NO)
  Tensor stem(Tensor image);

  @Stage(block = Unit.class, width = 8)
  Tensor stage1(Tensor stem);

  @Stage(block = Unit.class, width = 16, stride = 2)
  Tensor stage2(Tensor stage1);

  @Stage(block = MaxUnit.class, width = 16)
  Tensor stage3(Tensor stage2);

  @BatchNorm(activation = RELU)
  Tensor activated(Tensor stage3);

  @GlobalAveragePool
  Tensor features(Tensor activated);

  @Dense(out = 10)
  Tensor logits(Tensor features);

  /** A shortcut without weights. */
  @Block
  interface Unit {
    @BatchNorm(activation = RELU)
    Tensor activated(Tensor x);

    @Conv(widths = 1, kernel = 3, strided = true)
    Tensor first(Tensor activated);

    @Conv(widths = 1, kernel = 3, norm = Norm.NONE, activation = NONE, bias = Bias.NO)
    Tensor second(Tensor first);

    @SqueezeExcite(reduction = 4)
    Tensor recalibrated(Tensor second);

    @PaddedShortcut(widths = 1, strided = true)
    Tensor shortcut(Tensor x);

    @Add
    Tensor out(Tensor recalibrated, Tensor shortcut);
  }

  /** Another squeeze, another gate. */
  @Block
  interface MaxUnit {
    @BatchNorm(activation = RELU)
    Tensor activated(Tensor x);

    @Conv(widths = 1, kernel = 3)
    Tensor first(Tensor activated);

    @Conv(widths = 1, kernel = 3, norm = Norm.NONE, activation = NONE, bias = Bias.NO)
    Tensor second(Tensor first);

    @SqueezeExcite(reduction = 4, squeeze = Squeeze.MAX, gate = Gate.TANH)
    Tensor recalibrated(Tensor second);

    @Add
    Tensor out(Tensor recalibrated, Tensor x);
  }
}
