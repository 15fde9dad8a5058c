package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.SelectiveKernel;
import dev.selkie.annotation.Shortcut;
import dev.selkie.runtime.Tensor;

/** {@link SkBottleneck} with each choice of branches of Li et al. (2019, tables 6 and 7). */
public final class SkBranches {
  private SkBranches() {}

  /** Two 3x3 kernels. */
  @Block
  public interface Dilation1 {
    @Conv(widths = 2)
    Tensor reduce(Tensor x);

    @SelectiveKernel(widths = 2, strided = true, dilations = 1)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor shortcut);
  }

  /** A 3x3 and a 3x3 of dilation 3. */
  @Block
  public interface Dilation3 {
    @Conv(widths = 2)
    Tensor reduce(Tensor x);

    @SelectiveKernel(
        widths = 2,
        strided = true,
        dilations = {1, 3})
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor shortcut);
  }

  /** A 3x3 and a true 5x5 in 64 groups. */
  @Block
  public interface Kernel5 {
    @Conv(widths = 2)
    Tensor reduce(Tensor x);

    @SelectiveKernel(
        widths = 2,
        strided = true,
        kernels = {3, 5},
        groups = {32, 64})
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor shortcut);
  }

  /** A 3x3 and a true 7x7 in 128 groups. */
  @Block
  public interface Kernel7 {
    @Conv(widths = 2)
    Tensor reduce(Tensor x);

    @SelectiveKernel(
        widths = 2,
        strided = true,
        kernels = {3, 7},
        groups = {32, 128})
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor shortcut);
  }

  /** 3x3 of dilations 2 and 3. */
  @Block
  public interface Dilations2And3 {
    @Conv(widths = 2)
    Tensor reduce(Tensor x);

    @SelectiveKernel(
        widths = 2,
        strided = true,
        dilations = {2, 3})
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor shortcut);
  }

  /** 3x3 of dilations 1, 2 and 3. */
  @Block
  public interface Dilations1To3 {
    @Conv(widths = 2)
    Tensor reduce(Tensor x);

    @SelectiveKernel(widths = 2, strided = true, branches = 3)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor shortcut);
  }
}
