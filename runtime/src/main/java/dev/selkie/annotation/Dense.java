package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A fully connected layer on the flattened input: {@code logits = W x + b}.
 *
 * <p>Reads c x h x w, gives out x 1 x 1. Weights are named {@code <layer>.weight} (out, c h w;
 * flattened in the order c, h, w, as PyTorch does) and {@code <layer>.bias}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Dense {
  /** Output features; give this or {@link #widths}. */
  int out() default 0;

  /** Output features in units of the width of the {@link Stage}; only in a {@link Block}. */
  int widths() default 0;

  /** Whether a learnable bias is added; {@link Bias#AUTO} adds one. */
  Bias bias() default Bias.AUTO;

  Activation activation() default Activation.NONE;
}
