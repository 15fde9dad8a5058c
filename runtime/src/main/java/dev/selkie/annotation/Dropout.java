package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets each element to zero with probability {@link #rate} in training and divides the rest by
 * {@code 1 - rate}; does nothing in inference. Keeps the shape.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Dropout {
  /** Probability of a zero, at least 0 and below 1. */
  double rate();
}
