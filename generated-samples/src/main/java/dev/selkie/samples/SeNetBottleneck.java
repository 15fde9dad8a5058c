package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Shortcut;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/**
 * The unit of SENet-154 (Hu et al., 2018, appendix): a first 1x1 of half the width, 64 groups, and
 * a 3x3 projection.
 */
@Block
public interface SeNetBottleneck {
  @Conv(widths = 2)
  Tensor reduce(Tensor x);

  @Conv(widths = 4, kernel = 3, strided = true, groups = 64)
  Tensor spatial(Tensor reduce);

  @Conv(widths = 4, activation = NONE)
  Tensor expand(Tensor spatial);

  @SqueezeExcite(reduction = 16)
  Tensor recalibrated(Tensor expand);

  @Shortcut(widths = 4, kernel = 3, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor recalibrated, Tensor shortcut);
}
