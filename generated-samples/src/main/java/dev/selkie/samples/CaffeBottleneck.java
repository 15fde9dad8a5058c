package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Shortcut;
import dev.selkie.runtime.Tensor;

/**
 * {@link Bottleneck} with its stride in the first 1x1, as He et al. (2015) and the models of the
 * SENet paper have it.
 */
@Block
public interface CaffeBottleneck {
  @Conv(widths = 1, strided = true)
  Tensor reduce(Tensor x);

  @Conv(widths = 1, kernel = 3)
  Tensor spatial(Tensor reduce);

  @Conv(widths = 4, activation = NONE)
  Tensor expand(Tensor spatial);

  @Shortcut(widths = 4, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor expand, Tensor shortcut);
}
