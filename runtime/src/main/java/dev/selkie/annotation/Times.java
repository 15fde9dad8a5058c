package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Each value times a fixed number, as residual branches are damped (Szegedy et al., 2017, section
 * 3.3). Keeps the shape.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Times {
  /** Any number but 0. */
  double factor();
}
