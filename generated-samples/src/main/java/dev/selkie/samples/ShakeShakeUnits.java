package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Relu;
import dev.selkie.annotation.ShakeShake;
import dev.selkie.annotation.Shortcut;
import dev.selkie.runtime.Tensor;

/**
 * The units of Shake-Shake (Gastaldi, 2017, figure 1). Where shapes change, one projection stands
 * for the two of half the width that the author shifts by a pixel.
 */
public final class ShakeShakeUnits {
  private ShakeShakeUnits() {}

  /** The first of a stage, with a projection. */
  @Block
  public interface First {
    @Relu
    Tensor activated(Tensor x);

    @Conv(widths = 1, kernel = 3, strided = true)
    Tensor leftFirst(Tensor activated);

    @Conv(widths = 1, kernel = 3, activation = NONE)
    Tensor leftSecond(Tensor leftFirst);

    @Conv(widths = 1, kernel = 3, strided = true)
    Tensor rightFirst(Tensor activated);

    @Conv(widths = 1, kernel = 3, activation = NONE)
    Tensor rightSecond(Tensor rightFirst);

    @ShakeShake
    Tensor shaken(Tensor leftSecond, Tensor rightSecond);

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

    @Conv(widths = 1, kernel = 3)
    Tensor rightFirst(Tensor activated);

    @Conv(widths = 1, kernel = 3, activation = NONE)
    Tensor rightSecond(Tensor rightFirst);

    @ShakeShake
    Tensor shaken(Tensor leftSecond, Tensor rightSecond);

    @Add
    Tensor out(Tensor shaken, Tensor x);
  }
}
