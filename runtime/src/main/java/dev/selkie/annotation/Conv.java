package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A two-dimensional convolution, followed by batch norm and ReLU unless told otherwise.
 *
 * <p>Reads c x h x w, gives out x h' x w' with {@code h' = (h + 2 padding - dilation (kernel - 1) -
 * 1) / stride + 1} (rounded down), as PyTorch has it. Weights are named {@code <layer>.weight}
 * (out, c / groups, kernel, kernel) and {@code <layer>.bias}; those of the norm {@code
 * <layer>.norm.*}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Conv {
  /** Output channels; give this or {@link #widths}, or neither where depthwise keeps them. */
  int out() default 0;

  /** Output channels in units of the width of the {@link Stage}; only in a {@link Block}. */
  int widths() default 0;

  /** Height and width of the kernel. */
  int kernel() default 1;

  /** Height of the kernel where it is not square; 0 for {@link #kernel}. */
  int kernelHeight() default 0;

  /** Width of the kernel where it is not square; 0 for {@link #kernel}. */
  int kernelWidth() default 0;

  /** Step between windows, down and across. */
  int stride() default 1;

  /** Takes the stride of the stage in its first unit; only in a {@link Block}. */
  boolean strided() default false;

  /**
   * Channel groups, or {@link Groups#CHANNELS}; both input and output channels must be divisible by
   * it.
   */
  int groups() default 1;

  /** Step between the taps of the kernel. */
  int dilation() default 1;

  /** Rows and columns of zeros on each side, or {@link Padding#SAME}. */
  int padding() default Padding.SAME;

  /** Whether a learnable bias is added. */
  Bias bias() default Bias.AUTO;

  Norm norm() default Norm.BATCH;

  /** What the norm's scale starts from. */
  Scale scale() default Scale.ONE;

  Activation activation() default Activation.RELU;
}
