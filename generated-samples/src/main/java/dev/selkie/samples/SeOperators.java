package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;
import static dev.selkie.annotation.Activation.SIGMOID;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Bias;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Gate;
import dev.selkie.annotation.Multiply;
import dev.selkie.annotation.Norm;
import dev.selkie.annotation.Shortcut;
import dev.selkie.annotation.Squeeze;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/**
 * {@link CaffeSeBottleneck} with the other squeezes and excitations of Hu et al. (2018, tables 11,
 * 12 and 16).
 */
public final class SeOperators {
  private SeOperators() {}

  /** The maximum as squeeze. */
  @Block
  public interface Max {
    @Conv(widths = 1, strided = true)
    Tensor reduce(Tensor x);

    @Conv(widths = 1, kernel = 3)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @SqueezeExcite(reduction = 16, bias = Bias.NO, squeeze = Squeeze.MAX)
    Tensor recalibrated(Tensor expand);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor recalibrated, Tensor shortcut);
  }

  /** A ReLU as gate. */
  @Block
  public interface Relu {
    @Conv(widths = 1, strided = true)
    Tensor reduce(Tensor x);

    @Conv(widths = 1, kernel = 3)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @SqueezeExcite(reduction = 16, bias = Bias.NO, gate = Gate.RELU)
    Tensor recalibrated(Tensor expand);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor recalibrated, Tensor shortcut);
  }

  /** A tanh as gate. */
  @Block
  public interface Tanh {
    @Conv(widths = 1, strided = true)
    Tensor reduce(Tensor x);

    @Conv(widths = 1, kernel = 3)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @SqueezeExcite(reduction = 16, bias = Bias.NO, gate = Gate.TANH)
    Tensor recalibrated(Tensor expand);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor recalibrated, Tensor shortcut);
  }

  /** Two 1x1 convolutions at full resolution instead; its width is a quarter of the others'. */
  @Block
  public interface NoSqueeze {
    @Conv(widths = 4, strided = true)
    Tensor reduce(Tensor x);

    @Conv(widths = 4, kernel = 3)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 16, activation = NONE)
    Tensor expand(Tensor spatial);

    @Conv(widths = 1, norm = Norm.NONE, bias = Bias.NO)
    Tensor hidden(Tensor expand);

    @Conv(widths = 16, norm = Norm.NONE, bias = Bias.NO, activation = SIGMOID)
    Tensor gate(Tensor hidden);

    @Multiply
    Tensor recalibrated(Tensor expand, Tensor gate);

    @Shortcut(widths = 16, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor recalibrated, Tensor shortcut);
  }
}
