package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Bias;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Shortcut;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/**
 * {@link CaffeSeBottleneck} without biases and with each reduction of Hu et al. (2018, table 10).
 */
public final class SeRatios {
  private SeRatios() {}

  /** Reduction 2. */
  @Block
  public interface By2 {
    @Conv(widths = 1, strided = true)
    Tensor reduce(Tensor x);

    @Conv(widths = 1, kernel = 3)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @SqueezeExcite(reduction = 2, bias = Bias.NO)
    Tensor recalibrated(Tensor expand);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor recalibrated, Tensor shortcut);
  }

  /** Reduction 4. */
  @Block
  public interface By4 {
    @Conv(widths = 1, strided = true)
    Tensor reduce(Tensor x);

    @Conv(widths = 1, kernel = 3)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @SqueezeExcite(reduction = 4, bias = Bias.NO)
    Tensor recalibrated(Tensor expand);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor recalibrated, Tensor shortcut);
  }

  /** Reduction 8. */
  @Block
  public interface By8 {
    @Conv(widths = 1, strided = true)
    Tensor reduce(Tensor x);

    @Conv(widths = 1, kernel = 3)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @SqueezeExcite(reduction = 8, bias = Bias.NO)
    Tensor recalibrated(Tensor expand);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor recalibrated, Tensor shortcut);
  }

  /** Reduction 16. */
  @Block
  public interface By16 {
    @Conv(widths = 1, strided = true)
    Tensor reduce(Tensor x);

    @Conv(widths = 1, kernel = 3)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @SqueezeExcite(reduction = 16, bias = Bias.NO)
    Tensor recalibrated(Tensor expand);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor recalibrated, Tensor shortcut);
  }

  /** Reduction 32. */
  @Block
  public interface By32 {
    @Conv(widths = 1, strided = true)
    Tensor reduce(Tensor x);

    @Conv(widths = 1, kernel = 3)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @SqueezeExcite(reduction = 32, bias = Bias.NO)
    Tensor recalibrated(Tensor expand);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor recalibrated, Tensor shortcut);
  }
}
