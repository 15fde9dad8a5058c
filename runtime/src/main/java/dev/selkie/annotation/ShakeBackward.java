package dev.selkie.annotation;

/** How a {@link ShakeShake} splits its output's gradient between its two inputs. */
public enum ShakeBackward {
  /** By a number drawn for each sample and step: Shake-Shake. */
  RANDOM,
  /** In halves: Shake-Even. */
  EVEN
}
