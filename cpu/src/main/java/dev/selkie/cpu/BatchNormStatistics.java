package dev.selkie.cpu;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Tensor;

/** From per-sample moments to batch statistics, running statistics and coefficients. */
final class BatchNormStatistics {
  private float[] moments = new float[0];

  /** A batch norm's four rows: mean, 1 / sqrt(variance + epsilon), a, b. */
  void run(BatchNorm norm, int positions) {
    CpuTensor source = CpuTensor.cpu(norm.moments());
    CpuTensor target = CpuTensor.cpu(norm.statistics());
    int samples = source.samples();
    int channels = target.channels();
    if (moments.length < source.count()) {
      moments = new float[source.count()];
    }
    source.floats.get(0, moments, 0, source.count());
    for (int c = 0; c < channels; c++) {
      double mean = mean(c, samples, channels);
      double squares = squares(c, samples, channels, positions, mean);
      write(norm, target, c, mean, squares, (long) samples * positions);
    }
  }

  private double mean(int c, int samples, int channels) {
    double sum = 0;
    for (int n = 0; n < samples; n++) {
      sum += moments[2 * n * channels + c];
    }
    return sum / samples;
  }

  /** Sum of squared deviations from the batch's mean: Chan's merge of all samples' at once. */
  private double squares(int c, int samples, int channels, int positions, double mean) {
    double within = 0;
    double between = 0;
    for (int n = 0; n < samples; n++) {
      double distance = moments[2 * n * channels + c] - mean;
      within += moments[(2 * n + 1) * channels + c];
      between += distance * distance;
    }
    return within + positions * between;
  }

  private static void write(
      BatchNorm norm, CpuTensor target, int c, double mean, double squares, long count) {
    rows(norm.scale(), norm.shift(), target, c, mean, squares / count);
    track(norm.runningMean(), norm.runningVariance(), c, mean, squares, count);
  }

  /** Mean, inverse, a and b of channel c. */
  static void rows(
      Parameter scale, Parameter shift, CpuTensor target, int c, double mean, double variance) {
    int channels = target.channels();
    double inverse = 1 / Math.sqrt(variance + BatchNorm.EPSILON);
    double a = CpuTensor.cpu(scale.value()).floats.get(c) * inverse;
    double b = CpuTensor.cpu(shift.value()).floats.get(c) - a * mean;
    target.floats.put(c, (float) mean);
    target.floats.put(channels + c, (float) inverse);
    target.floats.put(2 * channels + c, (float) a);
    target.floats.put(3 * channels + c, (float) b);
  }

  /** Running statistics of channel c; {@code squares} is the sum of squared deviations. */
  static void track(
      Tensor runningMean, Tensor runningVariance, int c, double mean, double squares, long count) {
    blend(CpuTensor.cpu(runningMean), c, mean);
    // PyTorch keeps the unbiased variance; a single value has none, and keeps the biased.
    blend(CpuTensor.cpu(runningVariance), c, squares / Math.max(1, count - 1));
  }

  private static void blend(CpuTensor running, int c, double value) {
    double momentum = BatchNorm.MOMENTUM;
    running.floats.put(c, (float) ((1 - momentum) * running.floats.get(c) + momentum * value));
  }
}
