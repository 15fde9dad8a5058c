package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Shortcut;
import dev.selkie.runtime.Tensor;

/** The unit of ResNeXt 32x4d (Xie et al., 2017, figure 3c). */
@Block
public interface ResNeXtBottleneck {
  @Conv(widths = 2)
  Tensor reduce(Tensor x);

  @Conv(widths = 2, kernel = 3, strided = true, groups = 32)
  Tensor spatial(Tensor reduce);

  @Conv(widths = 4, activation = NONE)
  Tensor expand(Tensor spatial);

  @Shortcut(widths = 4, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor expand, Tensor shortcut);
}
