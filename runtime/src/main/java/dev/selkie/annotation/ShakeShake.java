package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The random mean of two tensors of one shape (Gastaldi, 2017, Shake-Shake regularisation, of its
 * kind Image): {@code y = alpha a + (1 - alpha) b} with an alpha uniform in [0, 1) for each sample
 * and step. The gradient is split by another such number, beta, and inference takes the plain mean.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface ShakeShake {
  /** How the gradient is split. */
  ShakeBackward backward() default ShakeBackward.RANDOM;
}
