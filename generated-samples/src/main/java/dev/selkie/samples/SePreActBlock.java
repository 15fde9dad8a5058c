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
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/** {@link PreActBlock} with squeeze-and-excitation on the residual branch. */
@Block
public interface SePreActBlock {
  @BatchNorm(activation = RELU)
  Tensor activated(Tensor x);

  @Conv(widths = 1, kernel = 3, strided = true)
  Tensor first(Tensor activated);

  @Conv(widths = 1, kernel = 3, norm = Norm.NONE, activation = NONE, bias = Bias.NO)
  Tensor second(Tensor first);

  @SqueezeExcite(reduction = 16)
  Tensor recalibrated(Tensor second);

  @PaddedShortcut(widths = 1, strided = true)
  Tensor shortcut(Tensor x);

  @Add
  Tensor out(Tensor recalibrated, Tensor shortcut);
}
