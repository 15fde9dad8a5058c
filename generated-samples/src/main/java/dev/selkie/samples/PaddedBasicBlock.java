package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.PaddedShortcut;
import dev.selkie.runtime.Tensor;

/** {@link BasicBlock} without weights in its shortcut (He et al., 2015, option A). */
@Block
public interface PaddedBasicBlock {
  @Conv(widths = 1, kernel = 3, strided = true)
  Tensor first(Tensor x);

  @Conv(widths = 1, kernel = 3, activation = NONE)
  Tensor second(Tensor first);

  @PaddedShortcut(widths = 1, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor second, Tensor shortcut);
}
