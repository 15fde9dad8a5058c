package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.SelectiveKernel;
import dev.selkie.annotation.Shortcut;
import dev.selkie.runtime.Tensor;

/** The unit of {@link SkNet29}: a 3x3 kernel and a 1x1 kernel. */
@Block
public interface SkCifarUnit {
  @Conv(widths = 8)
  Tensor reduce(Tensor x);

  @SelectiveKernel(
      widths = 8,
      strided = true,
      kernels = {3, 1},
      groups = 16,
      reduction = 32)
  Tensor spatial(Tensor reduce);

  @Conv(widths = 4, activation = NONE)
  Tensor expand(Tensor spatial);

  @Shortcut(widths = 4, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor expand, Tensor shortcut);
}
