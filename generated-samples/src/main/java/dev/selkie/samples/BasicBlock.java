package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Shortcut;
import dev.selkie.runtime.Tensor;

/** The residual unit of the shallow ResNets (He et al., 2015, figure 5 left). */
@Block
public interface BasicBlock {
  @Conv(widths = 1, kernel = 3, strided = true)
  Tensor first(Tensor x);

  @Conv(widths = 1, kernel = 3, activation = NONE)
  Tensor second(Tensor first);

  @Shortcut(widths = 1, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor second, Tensor shortcut);
}
