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
 * {@link CaffeBottleneck} with squeeze-and-excitation where Hu et al. (2018, figure 5 and tables 14
 * and 15) try it, without biases.
 */
public final class SePlacements {
  private SePlacements() {}

  /** Before the residual branch. */
  @Block
  public interface Pre {
    @SqueezeExcite(reduction = 16, bias = Bias.NO)
    Tensor recalibrated(Tensor x);

    @Conv(widths = 1, strided = true)
    Tensor reduce(Tensor recalibrated);

    @Conv(widths = 1, kernel = 3)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor shortcut);
  }

  /** Behind the sum and its ReLU. */
  @Block
  public interface Post {
    @Conv(widths = 1, strided = true)
    Tensor reduce(Tensor x);

    @Conv(widths = 1, kernel = 3)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor sum(Tensor expand, Tensor shortcut);

    @SqueezeExcite(reduction = 16, bias = Bias.NO)
    Tensor out(Tensor sum);
  }

  /** On the shortcut. */
  @Block
  public interface Identity {
    @Conv(widths = 1, strided = true)
    Tensor reduce(Tensor x);

    @Conv(widths = 1, kernel = 3)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @SqueezeExcite(reduction = 16, bias = Bias.NO)
    Tensor recalibrated(Tensor shortcut);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor recalibrated);
  }

  /** Behind the 3x3 convolution. */
  @Block
  public interface Behind3x3 {
    @Conv(widths = 1, strided = true)
    Tensor reduce(Tensor x);

    @Conv(widths = 1, kernel = 3)
    Tensor spatial(Tensor reduce);

    @SqueezeExcite(reduction = 16, bias = Bias.NO)
    Tensor recalibrated(Tensor spatial);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor recalibrated);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor shortcut);
  }
}
