package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The other branch of a residual unit, without weights: its input itself where shape and stride
 * already fit, else every stride-th pixel of it, with channels of zeros behind its own (He et al.,
 * 2015, option A).
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface PaddedShortcut {
  /** Output channels, no fewer than the input's; give this or {@link #widths}. */
  int out() default 0;

  /** Output channels in units of the width of the {@link Stage}; only in a {@link Block}. */
  int widths() default 0;

  /** Step between the pixels taken, down and across. */
  int stride() default 1;

  /** Takes the stride of the stage in its first unit; only in a {@link Block}. */
  boolean strided() default false;
}
