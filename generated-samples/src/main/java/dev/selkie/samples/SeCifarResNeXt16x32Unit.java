package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Shortcut;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/** {@link CifarResNeXt16x32Unit} with squeeze-and-excitation. */
@Block
public interface SeCifarResNeXt16x32Unit {
  @Conv(widths = 8)
  Tensor reduce(Tensor x);

  @Conv(widths = 8, kernel = 3, strided = true, groups = 16)
  Tensor spatial(Tensor reduce);

  @Conv(widths = 4, activation = NONE)
  Tensor expand(Tensor spatial);

  @SqueezeExcite(reduction = 16)
  Tensor recalibrated(Tensor expand);

  @Shortcut(widths = 4, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor recalibrated, Tensor shortcut);
}
