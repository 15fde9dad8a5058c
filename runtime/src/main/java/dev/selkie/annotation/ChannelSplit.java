package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One of several equal parts of the channels: c x h x w to c / of x h x w (Ma et al., 2018,
 * ShuffleNetV2, figure 3c). Several layers may each take a part of the same tensor.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface ChannelSplit {
  /** Which part, counted from 1. */
  int part();

  /** Into how many parts the channels are split; they must be divisible by it. */
  int of() default 2;
}
