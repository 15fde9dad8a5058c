package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A row of units of one {@link Block}: the first takes the stride, each reads the one before it.
 *
 * <p>Unit i of a stage {@code stage1} is named {@code stage1.i}, its layers {@code
 * stage1.i.<layer>}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Stage {
  /** An interface annotated with {@link Block}. */
  Class<?> block();

  /** What one unit of {@code widths} means inside the block, in channels. */
  int width() default 0;

  /** Number of units. */
  int repeat() default 1;

  /** Stride of the layers marked {@code strided}, in the first unit. */
  int stride() default 1;
}
