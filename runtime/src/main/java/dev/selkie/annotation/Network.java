package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An interface whose methods are the layers of an image classifier.
 *
 * <p>The one layer that no other layer reads is the output: the logits, of shape classes x 1 x 1.
 * For an interface {@code Tiny} the processor generates {@code TinyNetwork} in the same package.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Network {
  /** The shape of one image. */
  Input input();

  /** Compile-time budget: learnable parameters, 0 for none. */
  long maxParameters() default 0;

  /** Compile-time budget: 10^6 bytes of the training arena at {@link #batch}, 0 for none. */
  long maxMegabytes() default 0;

  /** Images per step for which {@link #maxMegabytes} is checked. */
  int batch() default 1;
}
