package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The other branch of a residual unit: its input itself where shape and stride already fit, else a
 * 1x1 convolution with batch norm and no activation (He et al., 2015, option B).
 *
 * <p>Weights of the convolution are named {@code <layer>.weight} (out, c, kernel, kernel), those of
 * the norm {@code <layer>.norm.*}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Shortcut {
  /** Output channels; give this or {@link #widths}. */
  int out() default 0;

  /** Output channels in units of the width of the {@link Stage}; only in a {@link Block}. */
  int widths() default 0;

  /** Height and width of the projection's kernel. */
  int kernel() default 1;

  /** Step of the projection, down and across. */
  int stride() default 1;

  /** Takes the stride of the stage in its first unit; only in a {@link Block}. */
  boolean strided() default false;

  /** What the projection is normalised with. */
  Norm norm() default Norm.BATCH;
}
