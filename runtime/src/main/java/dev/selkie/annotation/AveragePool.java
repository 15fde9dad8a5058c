package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The average of each window and channel.
 *
 * <p>Reads c x h x w, gives c x h' x w' with {@code h' = (h + 2 padding - kernel) / stride + 1}
 * (rounded down unless {@link #ceil}). Padding never adds to the sum.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface AveragePool {
  /** Height and width of the window. */
  int kernel();

  /** Step between windows; 0 for the kernel's size. */
  int stride() default 0;

  /** Takes the stride of the stage in its first unit; only in a {@link Block}. */
  boolean strided() default false;

  /** Rows and columns on each side, or {@link Padding#SAME}. */
  int padding() default Padding.SAME;

  /**
   * Whether the output's size is rounded up, as in Caffe: a last window may reach beyond the
   * padding, but must start within it.
   */
  boolean ceil() default false;

  /**
   * Whether the zeros of the padding count in the divisor, as they do in PyTorch by default; what
   * lies beyond the padding never does.
   */
  boolean countPadding() default true;
}
