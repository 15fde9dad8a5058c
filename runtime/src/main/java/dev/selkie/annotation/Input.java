package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The shape of one image: channels x height x width. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({})
public @interface Input {
  int channels();

  int height();

  int width();
}
