package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Shortcut;
import dev.selkie.runtime.Tensor;

/**
 * What selective kernels are compared with: {@link ResNeXtBottleneck} with branches of other
 * dilations, or a plain sum of them (Li et al., 2019, table 7).
 */
public final class SummedBranches {
  private SummedBranches() {}

  /** One 3x3 of dilation 2. */
  @Block
  public interface K5 {
    @Conv(widths = 2)
    Tensor reduce(Tensor x);

    @Conv(widths = 2, kernel = 3, strided = true, groups = 32, dilation = 2)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor shortcut);
  }

  /** One 3x3 of dilation 3. */
  @Block
  public interface K7 {
    @Conv(widths = 2)
    Tensor reduce(Tensor x);

    @Conv(widths = 2, kernel = 3, strided = true, groups = 32, dilation = 3)
    Tensor spatial(Tensor reduce);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor shortcut);
  }

  /** Dilations 1 and 2. */
  @Block
  public interface K3K5 {
    @Conv(widths = 2)
    Tensor reduce(Tensor x);

    @Conv(widths = 2, kernel = 3, strided = true, groups = 32)
    Tensor k3(Tensor reduce);

    @Conv(widths = 2, kernel = 3, strided = true, groups = 32, dilation = 2)
    Tensor k5(Tensor reduce);

    @Add
    Tensor spatial(Tensor k3, Tensor k5);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor shortcut);
  }

  /** Dilations 1 and 3. */
  @Block
  public interface K3K7 {
    @Conv(widths = 2)
    Tensor reduce(Tensor x);

    @Conv(widths = 2, kernel = 3, strided = true, groups = 32)
    Tensor k3(Tensor reduce);

    @Conv(widths = 2, kernel = 3, strided = true, groups = 32, dilation = 3)
    Tensor k7(Tensor reduce);

    @Add
    Tensor spatial(Tensor k3, Tensor k7);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor shortcut);
  }

  /** Dilations 2 and 3. */
  @Block
  public interface K5K7 {
    @Conv(widths = 2)
    Tensor reduce(Tensor x);

    @Conv(widths = 2, kernel = 3, strided = true, groups = 32, dilation = 2)
    Tensor k5(Tensor reduce);

    @Conv(widths = 2, kernel = 3, strided = true, groups = 32, dilation = 3)
    Tensor k7(Tensor reduce);

    @Add
    Tensor spatial(Tensor k5, Tensor k7);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor shortcut);
  }

  /** Dilations 1, 2 and 3. */
  @Block
  public interface K3K5K7 {
    @Conv(widths = 2)
    Tensor reduce(Tensor x);

    @Conv(widths = 2, kernel = 3, strided = true, groups = 32)
    Tensor k3(Tensor reduce);

    @Conv(widths = 2, kernel = 3, strided = true, groups = 32, dilation = 2)
    Tensor k5(Tensor reduce);

    @Conv(widths = 2, kernel = 3, strided = true, groups = 32, dilation = 3)
    Tensor k7(Tensor reduce);

    @Add
    Tensor spatial(Tensor k3, Tensor k5, Tensor k7);

    @Conv(widths = 4, activation = NONE)
    Tensor expand(Tensor spatial);

    @Shortcut(widths = 4, strided = true)
    Tensor shortcut(Tensor x);

    @Add(activation = RELU)
    Tensor out(Tensor expand, Tensor shortcut);
  }
}
