package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.PaddedShortcut;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/** {@link PaddedBasicBlock} with squeeze-and-excitation. */
@Block
public interface SePaddedBasicBlock {
  @Conv(widths = 1, kernel = 3, strided = true)
  Tensor first(Tensor x);

  @Conv(widths = 1, kernel = 3, activation = NONE)
  Tensor second(Tensor first);

  @SqueezeExcite(reduction = 16)
  Tensor recalibrated(Tensor second);

  @PaddedShortcut(widths = 1, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor recalibrated, Tensor shortcut);
}
