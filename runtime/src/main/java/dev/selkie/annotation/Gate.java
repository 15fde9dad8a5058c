package dev.selkie.annotation;

/** The function that a {@link SqueezeExcite} scales channels by. */
public enum Gate {
  /** {@code 1 / (1 + exp(-v))}. */
  SIGMOID,
  /** {@code tanh(v)}. */
  TANH,
  /** {@code max(v, 0)}. */
  RELU
}
