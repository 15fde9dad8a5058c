package dev.selkie.annotation;

/** What the scale of a batch norm starts from. */
public enum Scale {
  ONE,
  /**
   * Zero, for the last norm of a residual branch: each unit then starts as its shortcut (Goyal et
   * al., 2017, section 5.1).
   */
  ZERO
}
