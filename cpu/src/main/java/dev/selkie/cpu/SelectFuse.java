package dev.selkie.cpu;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Selection;

/**
 * The small layers of a selective kernel, forward: squeeze, hidden units and their norm, weights.
 */
final class SelectFuse {
  private final Lanes lanes;
  private final Lanes.Work squeezes = this::squeeze;
  private final Lanes.Work layer1 = this::linear;
  private final Lanes.Work layer2 = this::weights;
  private Selection selection;
  private float share;
  private float[] squeezeWeight = new float[0];
  private float[] selectWeight = new float[0];

  /** Mean, a and beta of the hidden units' norm: of few values, a t + b could cancel. */
  private float[] norm = new float[0];

  SelectFuse(Lanes lanes) {
    this.lanes = lanes;
  }

  /** From the counts, with the batch's own statistics. */
  void run(Selection units, int positions) {
    share = 1f / positions;
    begin(units);
    lanes.run(squeezes, CpuTensor.cpu(units.squeeze()).samples());
    hidden();
    CpuTensor statistics = CpuTensor.cpu(units.statistics());
    int width = statistics.channels();
    for (int d = 0; d < width; d++) {
      statistics(CpuTensor.cpu(units.linear()), statistics, d);
    }
    statistics.floats.get(0, norm, 0, width);
    statistics.floats.get(2 * width, norm, width, width);
    select();
  }

  /** From the squeeze, with the running statistics. */
  void runInference(Selection units) {
    begin(units);
    hidden();
    int width = units.linear().shape().channels();
    for (int d = 0; d < width; d++) {
      double variance = CpuTensor.cpu(units.runningVariance()).floats.get(d);
      double a = CpuTensor.cpu(units.scale().value()).floats.get(d);
      a /= Math.sqrt(variance + BatchNorm.EPSILON);
      norm[d] = CpuTensor.cpu(units.runningMean()).floats.get(d);
      norm[width + d] = (float) a;
    }
    select();
  }

  private void begin(Selection units) {
    selection = units;
    squeezeWeight = ExcitationForward.load(squeezeWeight, units.squeezeWeight());
    selectWeight = ExcitationForward.load(selectWeight, units.selectWeight());
    CpuTensor shift = CpuTensor.cpu(units.shift().value());
    norm = ExcitationBackward.ensure(norm, 3 * shift.count());
    shift.floats.get(0, norm, 2 * shift.count(), shift.count());
  }

  private void hidden() {
    lanes.run(layer1, selection.linear().shape().batch());
  }

  private void select() {
    lanes.run(layer2, selection.linear().shape().batch());
  }

  /** (1 / P) sum over m of a_m Q_m + b_m K_m. */
  private void squeeze(Lane lane, int from, int to) {
    CpuTensor counts = CpuTensor.cpu(selection.counts());
    int channels = counts.channels();
    int size = selection.size();
    float[] sum = lane.tile(0, channels);
    float[] count = lane.tile(1, 2 * channels);
    float[] line = lane.tile(2, 2 * channels);
    for (int n = from; n < to; n++) {
      java.util.Arrays.fill(sum, 0, channels, 0f);
      for (int m = 0; m < size; m++) {
        CpuTensor statistics = CpuTensor.cpu(selection.branches().get(m).norm().statistics());
        statistics.floats.get(2 * channels, line, 0, 2 * channels);
        counts.floats.get(2 * (n * size + m) * channels, count, 0, 2 * channels);
        for (int c = 0; c < channels; c++) {
          sum[c] += line[c] * count[channels + c] + line[channels + c] * count[c];
        }
      }
      for (int c = 0; c < channels; c++) {
        sum[c] *= share;
      }
      CpuTensor.cpu(selection.squeeze()).floats.put(n * channels, sum, 0, channels);
    }
  }

  /** t = W s. */
  private void linear(Lane lane, int from, int to) {
    CpuTensor squeeze = CpuTensor.cpu(selection.squeeze());
    CpuTensor linear = CpuTensor.cpu(selection.linear());
    int channels = squeeze.channels();
    int width = linear.channels();
    float[] s = lane.tile(0, channels);
    float[] t = lane.tile(1, width);
    for (int n = from; n < to; n++) {
      squeeze.floats.get(n * channels, s, 0, channels);
      for (int d = 0; d < width; d++) {
        t[d] = (float) ExcitationForward.dot(squeezeWeight, d * channels, s, channels);
      }
      linear.floats.put(n * width, t, 0, width);
    }
  }

  /** Of one hidden unit, over the batch. */
  private void statistics(CpuTensor linear, CpuTensor target, int d) {
    int samples = linear.samples();
    int width = linear.channels();
    double sum = 0;
    for (int n = 0; n < samples; n++) {
      sum += linear.floats.get(n * width + d);
    }
    double mean = sum / samples;
    double squares = 0;
    for (int n = 0; n < samples; n++) {
      double distance = linear.floats.get(n * width + d) - mean;
      squares += distance * distance;
    }
    BatchNormStatistics.rows(
        selection.scale(), selection.shift(), target, d, mean, squares / samples);
    BatchNormStatistics.track(
        selection.runningMean(), selection.runningVariance(), d, mean, squares, samples);
  }

  /** q = relu(a (t - mean) + beta), and the softmax over branches of A_m q. */
  private void weights(Lane lane, int from, int to) {
    CpuTensor linear = CpuTensor.cpu(selection.linear());
    CpuTensor weights = CpuTensor.cpu(selection.weights());
    int width = linear.channels();
    int channels = weights.channels();
    int size = selection.size();
    float[] q = lane.tile(0, width);
    float[] scores = lane.tile(1, size * channels);
    for (int n = from; n < to; n++) {
      linear.floats.get(n * width, q, 0, width);
      for (int d = 0; d < width; d++) {
        q[d] = Math.max(0f, norm[width + d] * (q[d] - norm[d]) + norm[2 * width + d]);
      }
      CpuTensor.cpu(selection.hidden()).floats.put(n * width, q, 0, width);
      for (int row = 0; row < size * channels; row++) {
        scores[row] = (float) ExcitationForward.dot(selectWeight, row * width, q, width);
      }
      for (int c = 0; c < channels; c++) {
        softmax(scores, c, channels, size);
      }
      weights.floats.put(n * size * channels, scores, 0, size * channels);
    }
  }

  private static void softmax(float[] scores, int c, int channels, int size) {
    float largest = scores[c];
    for (int m = 1; m < size; m++) {
      largest = Math.max(largest, scores[m * channels + c]);
    }
    double total = 0;
    for (int m = 0; m < size; m++) {
      double power = Math.exp((double) scores[m * channels + c] - largest);
      scores[m * channels + c] = (float) power;
      total += power;
    }
    for (int m = 0; m < size; m++) {
      scores[m * channels + c] = (float) (scores[m * channels + c] / total);
    }
  }
}
