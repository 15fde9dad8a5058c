package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Squeeze-and-excitation (Hu et al., 2018, equations 2 to 4): each channel is scaled by {@code s =
 * sigmoid(W2 relu(W1 z + b1) + b2)} where z is the mean of each channel over space. Keeps the
 * shape. Other squeezes and gates are those of the paper's tables 11 and 12.
 *
 * <p>With R hidden units, weights are named {@code <layer>.fc1.weight} (R, c, 1, 1), {@code
 * <layer>.fc1.bias}, {@code <layer>.fc2.weight} (c, R, 1, 1), {@code <layer>.fc2.bias}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface SqueezeExcite {
  /** Hidden units are channels / reduction. */
  int reduction() default 16;

  /** Hidden units are never fewer than this. */
  int minimum() default 1;

  /** Whether both layers of the excitation have a bias; {@link Bias#AUTO} gives them one. */
  Bias bias() default Bias.AUTO;

  /** What z is of each channel. */
  Squeeze squeeze() default Squeeze.AVERAGE;

  /** The function that gives s. */
  Gate gate() default Gate.SIGMOID;
}
