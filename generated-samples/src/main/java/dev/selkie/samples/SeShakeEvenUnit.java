package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.ShakeBackward;
import dev.selkie.annotation.ShakeShake;
import dev.selkie.annotation.Shortcut;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/** {@link ShakeEvenUnit} with squeeze-and-excitation at the end of each branch. */
@Block
public interface SeShakeEvenUnit {
  @Conv(widths = 4)
  Tensor leftReduce(Tensor x);

  @Conv(widths = 4, kernel = 3, strided = true, groups = 4)
  Tensor leftSpatial(Tensor leftReduce);

  @Conv(widths = 4, activation = NONE)
  Tensor leftExpand(Tensor leftSpatial);

  @SqueezeExcite(reduction = 16)
  Tensor leftRecalibrated(Tensor leftExpand);

  @Conv(widths = 4)
  Tensor rightReduce(Tensor x);

  @Conv(widths = 4, kernel = 3, strided = true, groups = 4)
  Tensor rightSpatial(Tensor rightReduce);

  @Conv(widths = 4, activation = NONE)
  Tensor rightExpand(Tensor rightSpatial);

  @SqueezeExcite(reduction = 16)
  Tensor rightRecalibrated(Tensor rightExpand);

  @ShakeShake(backward = ShakeBackward.EVEN)
  Tensor shaken(Tensor leftRecalibrated, Tensor rightRecalibrated);

  @Shortcut(widths = 4, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor shaken, Tensor shortcut);
}
