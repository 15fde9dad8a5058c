package dev.selkie.annotation;

/** Whether a layer adds a learnable bias. */
public enum Bias {
  /** Where it does something: not before a norm. */
  AUTO,
  YES,
  NO
}
