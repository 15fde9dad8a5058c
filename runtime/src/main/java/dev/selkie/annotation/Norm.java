package dev.selkie.annotation;

/** What a convolution's output is normalised with. */
public enum Norm {
  NONE,
  BATCH
}
