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
 * {@link SeBottleneck} with its stride in the first 1x1, as the models of the SENet paper have it.
 */
@Block
public interface CaffeSeBottleneck {
  @Conv(widths = 1, strided = true)
  Tensor reduce(Tensor x);

  @Conv(widths = 1, kernel = 3)
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
