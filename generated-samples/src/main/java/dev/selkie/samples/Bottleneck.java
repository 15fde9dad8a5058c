package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Shortcut;
import dev.selkie.runtime.Tensor;

/**
 * The residual unit of the deep ResNets (He et al., 2015, figure 5 right), with its stride in the
 * 3x3.
 */
@Block
public interface Bottleneck {
  @Conv(widths = 1)
  Tensor reduce(Tensor x);

  @Conv(widths = 1, kernel = 3, strided = true)
  Tensor spatial(Tensor reduce);

  @Conv(widths = 4, activation = NONE)
  Tensor expand(Tensor spatial);

  @Shortcut(widths = 4, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor expand, Tensor shortcut);
}
