package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.BatchNorm;
import dev.selkie.annotation.Bias;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Norm;
import dev.selkie.annotation.PaddedShortcut;
import dev.selkie.runtime.Tensor;

/** The pre-activated residual unit (He et al., 2016, figure 1b), its shortcut without weights. */
@Block
public interface PreActBlock {
  @BatchNorm(activation = RELU)
  Tensor activated(Tensor x);

  @Conv(widths = 1, kernel = 3, strided = true)
  Tensor first(Tensor activated);

  @Conv(widths = 1, kernel = 3, norm = Norm.NONE, activation = NONE, bias = Bias.NO)
  Tensor second(Tensor first);

  @PaddedShortcut(widths = 1, strided = true)
  Tensor shortcut(Tensor x);

  @Add
  Tensor out(Tensor second, Tensor shortcut);
}
