package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Channels dealt out anew, so that groups mix (Zhang et al., 2018, ShuffleNet, figure 1): with G
 * groups of K channels, channel {@code k G + g} of the output is channel {@code g K + k} of the
 * input. Keeps the shape.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface ChannelShuffle {
  /** Channel groups of the layer before; they must divide its channels. */
  int groups();
}
