package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Batch normalisation over batch and space, with learnable scale and shift (Ioffe and Szegedy,
 * 2015).
 *
 * <p>Keeps the shape. Epsilon 1e-5; running statistics with momentum 0.1 as PyTorch counts it.
 * Weights are named {@code <layer>.weight} and {@code <layer>.bias}, statistics {@code
 * <layer>.running_mean} and {@code <layer>.running_var}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface BatchNorm {
  /** What the scale starts from. */
  Scale scale() default Scale.ONE;

  Activation activation() default Activation.NONE;
}
