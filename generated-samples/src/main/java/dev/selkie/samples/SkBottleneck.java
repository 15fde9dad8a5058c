package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.SelectiveKernel;
import dev.selkie.annotation.Shortcut;
import dev.selkie.runtime.Tensor;

/** The SK unit, SK[2, 32, 16] (Li et al., 2019, section 3.2). */
@Block
public interface SkBottleneck {
  @Conv(widths = 2)
  Tensor reduce(Tensor x);

  @SelectiveKernel(widths = 2, strided = true)
  Tensor spatial(Tensor reduce);

  @Conv(widths = 4, activation = NONE)
  Tensor expand(Tensor spatial);

  @Shortcut(widths = 4, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor expand, Tensor shortcut);
}
