package dev.selkie.samples;

import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Shortcut;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/** {@link SeBasicBlock} with a ReLU before the excitation, as timm's legacy models have it. */
@Block
public interface LegacySeBasicBlock {
  @Conv(widths = 1, kernel = 3, strided = true)
  Tensor first(Tensor x);

  @Conv(widths = 1, kernel = 3)
  Tensor second(Tensor first);

  @SqueezeExcite(reduction = 16)
  Tensor recalibrated(Tensor second);

  @Shortcut(widths = 1, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor recalibrated, Tensor shortcut);
}
