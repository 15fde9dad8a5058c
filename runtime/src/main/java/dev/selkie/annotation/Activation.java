package dev.selkie.annotation;

/** What is applied to a layer's output. */
public enum Activation {
  NONE,
  RELU,
  SIGMOID
}
