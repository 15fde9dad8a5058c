package dev.selkie.runtime;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the class file of a {@link dev.selkie.annotation.Block} cannot tell: parameter names, which
 * are its edges, and the order of its layers. The processor writes it beside each block, on a class
 * of its own, and reads it where a network repeats a block of another compilation.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Sidecar {
  /** The newest format, which this version writes. */
  int FORMAT = 1;

  /** Raised when older processors could misread what is written here. */
  int format();

  /** The version of Selkie that wrote it. */
  String generator();

  /** The full name of the block; nested types joined by dots. */
  String block();

  /**
   * The layers in the order of the source, each as the user wrote it but for the order of members
   * and for constants, which are folded: {@code @Conv(kernel = 3, widths = 1) first(x)}. Defaults
   * are left to whoever reads.
   */
  String[] layers();
}
