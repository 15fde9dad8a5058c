package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Relu;
import dev.selkie.annotation.ShakeShake;
import dev.selkie.annotation.Shortcut;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/** {@link ShakeShakeUnits} with squeeze-and-excitation at the end of each branch. */
public final class SeShakeShakeUnits {
  private SeShakeShakeUnits() {}

  /** The first of a stage, with a projection. */
  @Block
  public interface First {
    @Relu
    Tensor activated(Tensor x);

    @Conv(widths = 1, kernel = 3, strided = true)
    Tensor leftFirst(Tensor activated);

    @Conv(widths = 1, kernel = 3, activation = NONE)
    Tensor leftSecond(Tensor leftFirst);

    @SqueezeExcite(reduction = 16)
    Tensor leftRecalibrated(Tensor leftSecond);

    @Conv(widths = 1, kernel = 3, strided = true)
    Tensor rightFirst(Tensor activated);

    @Conv(widths = 1, kernel = 3, activation = NONE)
    Tensor rightSecond(Tensor rightFirst);

    @SqueezeExcite(reduction = 16)
    Tensor rightRecalibrated(Tensor rightSecond);

    @ShakeShake
    Tensor shaken(Tensor leftRecalibrated, Tensor rightRecalibrated);

    @Shortcut(widths = 1, strided = true)
    Tensor shortcut(Tensor activated);

    @Add
    Tensor out(Tensor shaken, Tensor shortcut);
  }

  /** A further unit, whose shortcut is its input. */
  @Block
  public interface Unit {
    @Relu
    Tensor activated(Tensor x);

    @Conv(widths = 1, kernel = 3)
    Tensor leftFirst(Tensor activated);

    @Conv(widths = 1, kernel = 3, activation = NONE)
    Tensor leftSecond(Tensor leftFirst);

    @SqueezeExcite(reduction = 16)
    Tensor leftRecalibrated(Tensor leftSecond);

    @Conv(widths = 1, kernel = 3)
    Tensor rightFirst(Tensor activated);

    @Conv(widths = 1, kernel = 3, activation = NONE)
    Tensor rightSecond(Tensor rightFirst);

    @SqueezeExcite(reduction = 16)
    Tensor rightRecalibrated(Tensor rightSecond);

    @ShakeShake
    Tensor shaken(Tensor leftRecalibrated, Tensor rightRecalibrated);

    @Add
    Tensor out(Tensor shaken, Tensor x);
  }
}
