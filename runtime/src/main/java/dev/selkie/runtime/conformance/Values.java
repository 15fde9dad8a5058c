package dev.selkie.runtime.conformance;

import java.util.random.RandomGenerator;

/** Where the numbers of an input come from. */
public interface Values {
  Values NORMAL = RandomGenerator::nextGaussian;

  /** As activations after a ReLU are. */
  Values RECTIFIED = random -> Math.max(0, random.nextGaussian());

  /** As activations before a norm are: off centre. */
  Values OFF_CENTRE = random -> 0.5 + 2 * random.nextGaussian();

  /** As where few positions carry most of a channel: means over space differ by sample. */
  Values UNEVEN = random -> 0.2 + Math.pow(random.nextGaussian(), 3);

  /** A mean a hundred times the deviation: fatal to E[x^2] - E[x]^2 in float32. */
  Values FAR_OFF_CENTRE = random -> 100 + random.nextGaussian();

  /** As outputs of a sigmoid are. */
  Values PROBABILITIES = RandomGenerator::nextDouble;

  /** Around one, as variances and scales are. */
  Values POSITIVE = random -> 0.5 + random.nextDouble();

  /**
   * Few distinct values, most of them negative: windows full of ties, padding that must not win.
   */
  Values TIES = random -> random.nextInt(4) - 3;

  /** Scores whose exponentials overflow if the largest is not taken off first. */
  Values LARGE = random -> 200 * random.nextGaussian();

  /** Weights that keep the scale of what they are multiplied with. */
  static Values weights(int fanIn) {
    return random -> random.nextGaussian() / Math.sqrt(fanIn);
  }

  static Values below(int bound) {
    return random -> random.nextInt(bound);
  }

  double next(RandomGenerator random);
}
