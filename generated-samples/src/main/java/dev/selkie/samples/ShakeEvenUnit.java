package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.ShakeBackward;
import dev.selkie.annotation.ShakeShake;
import dev.selkie.annotation.Shortcut;
import dev.selkie.runtime.Tensor;

/**
 * The unit of Shake-Even 29 2x4x64d (Gastaldi, 2017, section 2.3): two branches of ResNeXt, their
 * gradient split in halves.
 */
@Block
public interface ShakeEvenUnit {
  @Conv(widths = 4)
  Tensor leftReduce(Tensor x);

  @Conv(widths = 4, kernel = 3, strided = true, groups = 4)
  Tensor leftSpatial(Tensor leftReduce);

  @Conv(widths = 4, activation = NONE)
  Tensor leftExpand(Tensor leftSpatial);

  @Conv(widths = 4)
  Tensor rightReduce(Tensor x);

  @Conv(widths = 4, kernel = 3, strided = true, groups = 4)
  Tensor rightSpatial(Tensor rightReduce);

  @Conv(widths = 4, activation = NONE)
  Tensor rightExpand(Tensor rightSpatial);

  @ShakeShake(backward = ShakeBackward.EVEN)
  Tensor shaken(Tensor leftExpand, Tensor rightExpand);

  @Shortcut(widths = 4, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor shaken, Tensor shortcut);
}
