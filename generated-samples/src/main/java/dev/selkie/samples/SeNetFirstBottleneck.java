package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Shortcut;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/** {@link SeNetBottleneck} of the first stage, whose projection is 1x1. */
@Block
public interface SeNetFirstBottleneck {
  @Conv(widths = 2)
  Tensor reduce(Tensor x);

  @Conv(widths = 4, kernel = 3, strided = true, groups = 64)
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
