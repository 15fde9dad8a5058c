package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.BatchNorm;
import dev.selkie.annotation.Bias;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Norm;
import dev.selkie.annotation.Shortcut;
import dev.selkie.runtime.Tensor;

/** The units of wide residual networks (Zagoruyko and Komodakis, 2016, figure 1c). */
public final class WideUnits {
  private WideUnits() {}

  /** The first of a stage: its shortcut projects what is activated. */
  @Block
  public interface First {
    @BatchNorm(activation = RELU)
    Tensor activated(Tensor x);

    @Conv(widths = 1, kernel = 3, strided = true)
    Tensor first(Tensor activated);

    @Conv(widths = 1, kernel = 3, norm = Norm.NONE, activation = NONE, bias = Bias.NO)
    Tensor expand(Tensor first);

    @Shortcut(widths = 1, strided = true, norm = Norm.NONE)
    Tensor shortcut(Tensor activated);

    @Add
    Tensor out(Tensor expand, Tensor shortcut);
  }

  /** A further unit, whose shortcut is its input. */
  @Block
  public interface Unit {
    @BatchNorm(activation = RELU)
    Tensor activated(Tensor x);

    @Conv(widths = 1, kernel = 3)
    Tensor first(Tensor activated);

    @Conv(widths = 1, kernel = 3, norm = Norm.NONE, activation = NONE, bias = Bias.NO)
    Tensor expand(Tensor first);

    @Add
    Tensor out(Tensor expand, Tensor x);
  }
}
