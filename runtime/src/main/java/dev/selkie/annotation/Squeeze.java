package dev.selkie.annotation;

/** What a {@link SqueezeExcite} makes of each channel's plane. */
public enum Squeeze {
  /** Its mean. */
  AVERAGE,
  /** Its maximum. */
  MAX
}
