package dev.selkie.runtime;

/**
 * One batch normalisation: {@code y = scale (x - mean) / sqrt(variance + epsilon) + shift}, with C
 * channels and P positions per sample.
 *
 * @param scale gamma, (C)
 * @param shift beta, (C)
 * @param runningMean (C)
 * @param runningVariance (C), unbiased as PyTorch keeps it
 * @param moments (N, 1, 2, C), written by {@link Ops#batchNormMoments}: per sample and channel the
 *     mean of x over space, and the sum of squared deviations from that mean
 * @param statistics (1, 1, 4, C), written by {@link Ops#batchNormStatistics}: batch mean, 1 /
 *     sqrt(variance + epsilon) with the biased variance, a = scale * that, b = shift - a * mean
 * @param sums (N, 1, 2, C), written by {@link Ops#batchNormBackwardSums}: per sample and channel
 *     the sums over space of g and of g * x
 * @param coefficients (1, 1, 2, C), written by {@link Ops#batchNormBackwardStatistics}: the B and K
 *     of dx = A g + B x + K
 */
public record BatchNorm(
    Parameter scale,
    Parameter shift,
    Tensor runningMean,
    Tensor runningVariance,
    Tensor moments,
    Tensor statistics,
    Tensor sums,
    Tensor coefficients) {

  /** Added to the variance, as in PyTorch. */
  public static final float EPSILON = 1e-5f;

  /** Share of the batch's statistics in the running ones, as PyTorch counts it. */
  public static final float MOMENTUM = 0.1f;
}
