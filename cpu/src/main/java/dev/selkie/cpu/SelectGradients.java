package dev.selkie.cpu;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Selection;

/**
 * The small layers of a selective kernel, backward: from the sums of the gradient to those of all
 * parameters, of the squeeze, and the B and K of each branch.
 */
final class SelectGradients {
  private final Lanes lanes;
  private final Lanes.Work select = this::select;
  private final Lanes.Work squeeze = this::squeeze;
  private final Lanes.Work weights = this::weightGradients;
  private Selection selection;
  private float[] squeezeWeight = new float[0];
  private float[] selectWeight = new float[0];
  private float[] squeezed = new float[0];
  private float[] hidden = new float[0];
  private float[] sums = new float[0];
  private float[] counts = new float[0];

  /** Of the scores: (N, M, C). */
  private float[] dScores = new float[0];

  /** Of the hidden units behind their norm and ReLU, then of those before: (N, D). */
  private float[] dHidden = new float[0];

  SelectGradients(Lanes lanes) {
    this.lanes = lanes;
  }

  void run(Selection units, int positions) {
    selection = units;
    CpuTensor s = CpuTensor.cpu(units.squeeze());
    CpuTensor q = CpuTensor.cpu(units.hidden());
    squeezeWeight = ExcitationForward.load(squeezeWeight, units.squeezeWeight());
    selectWeight = ExcitationForward.load(selectWeight, units.selectWeight());
    lanes.chain().settle();
    squeezed = ExcitationBackward.load(squeezed, s);
    hidden = ExcitationBackward.load(hidden, q);
    sums = ExcitationBackward.load(sums, CpuTensor.cpu(units.sums()));
    counts = ExcitationBackward.load(counts, CpuTensor.cpu(units.counts()));
    dScores = ExcitationBackward.ensure(dScores, units.size() * s.count());
    dHidden = ExcitationBackward.ensure(dHidden, q.count());
    lanes.run(select, s.samples());
    for (int d = 0; d < q.channels(); d++) {
      norm(CpuTensor.cpu(units.linear()), CpuTensor.cpu(units.statistics()), d);
    }
    lanes.run(squeeze, s.samples());
    lanes.run(weights, s.channels());
    for (int m = 0; m < units.size(); m++) {
      branch(m, positions);
    }
  }

  /** dScores = w_m (D_m - sum over k of w_k D_k), D_m = a_m F_m + b_m E_m; dHidden = A' dScores. */
  private void select(Lane lane, int from, int to) {
    CpuTensor weights = CpuTensor.cpu(selection.weights());
    int channels = weights.channels();
    int size = selection.size();
    int rows = size * channels;
    int width = selection.hidden().shape().channels();
    float[] w = lane.tile(0, rows);
    float[] mean = lane.tile(1, channels);
    float[] d = lane.tile(2, rows);
    float[] q = lane.tile(3, width);
    for (int n = from; n < to; n++) {
      weights.floats.get(n * rows, w, 0, rows);
      java.util.Arrays.fill(mean, 0, channels, 0f);
      for (int m = 0; m < size; m++) {
        gradientOfWeights(lane, n, m, d);
        for (int c = 0; c < channels; c++) {
          mean[c] += w[m * channels + c] * d[m * channels + c];
        }
      }
      java.util.Arrays.fill(q, 0, width, 0f);
      for (int row = 0; row < rows; row++) {
        d[row] = w[row] * (d[row] - mean[row % channels]);
        ExcitationBackward.addScaled(q, d[row], selectWeight, row * width, width);
      }
      System.arraycopy(d, 0, dScores, n * rows, rows);
      for (int i = 0; i < width; i++) {
        dHidden[n * width + i] = hidden[n * width + i] > 0 ? q[i] : 0f;
      }
    }
  }

  private void gradientOfWeights(Lane lane, int n, int m, float[] d) {
    CpuTensor statistics = CpuTensor.cpu(selection.branches().get(m).norm().statistics());
    int channels = statistics.channels();
    int first = 2 * (n * selection.size() + m) * channels;
    float[] line = lane.tile(4, 2 * channels);
    statistics.floats.get(2 * channels, line, 0, 2 * channels);
    for (int c = 0; c < channels; c++) {
      d[m * channels + c] =
          line[c] * sums[first + channels + c] + line[channels + c] * sums[first + c];
    }
  }

  /** Of the hidden units' norm: its parameters', and in place its input's. */
  private void norm(CpuTensor linear, CpuTensor statistics, int d) {
    int samples = linear.samples();
    int width = linear.channels();
    double mean = statistics.floats.get(d);
    double inverse = statistics.floats.get(width + d);
    double a = statistics.floats.get(2 * width + d);
    double dShift = 0;
    double dScale = 0;
    for (int n = 0; n < samples; n++) {
      double g = dHidden[n * width + d];
      dShift += g;
      dScale += g * (linear.floats.get(n * width + d) - mean) * inverse;
    }
    ExcitationBackward.add(CpuTensor.cpu(selection.shift().gradient()), d, dShift);
    ExcitationBackward.add(CpuTensor.cpu(selection.scale().gradient()), d, dScale);
    for (int n = 0; n < samples; n++) {
      double normalised = (linear.floats.get(n * width + d) - mean) * inverse;
      double rest = dHidden[n * width + d] - (dShift + normalised * dScale) / samples;
      dHidden[n * width + d] = (float) (a * rest);
    }
  }

  /** dSqueeze = W' dt. */
  private void squeeze(Lane lane, int from, int to) {
    CpuTensor dSqueeze = CpuTensor.cpu(selection.dSqueeze());
    int channels = dSqueeze.channels();
    int width = selection.hidden().shape().channels();
    float[] ds = lane.tile(0, channels);
    for (int n = from; n < to; n++) {
      java.util.Arrays.fill(ds, 0, channels, 0f);
      for (int d = 0; d < width; d++) {
        float dt = dHidden[n * width + d];
        ExcitationBackward.addScaled(ds, dt, squeezeWeight, d * channels, channels);
      }
      dSqueeze.floats.put(n * channels, ds, 0, channels);
    }
  }

  /** By channel, so that no two lanes add to one value. */
  private void weightGradients(Lane lane, int from, int to) {
    CpuTensor dSqueezeWeight = CpuTensor.cpu(selection.squeezeWeight().gradient());
    CpuTensor dSelectWeight = CpuTensor.cpu(selection.selectWeight().gradient());
    int samples = selection.squeeze().shape().batch();
    int channels = selection.squeeze().shape().channels();
    int width = selection.hidden().shape().channels();
    int rows = selection.size() * channels;
    for (int c = from; c < to; c++) {
      for (int d = 0; d < width; d++) {
        double sum = 0;
        for (int n = 0; n < samples; n++) {
          sum += (double) dHidden[n * width + d] * squeezed[n * channels + c];
        }
        ExcitationBackward.add(dSqueezeWeight, d * channels + c, sum);
      }
      for (int row = c; row < rows; row += channels) {
        for (int d = 0; d < width; d++) {
          double sum = 0;
          for (int n = 0; n < samples; n++) {
            sum += (double) dScores[n * rows + row] * hidden[n * width + d];
          }
          ExcitationBackward.add(dSelectWeight, row * width + d, sum);
        }
      }
    }
  }

  /** dShift = sum of w E + K dSqueeze / P; dScale alike from F and Q, less their mean's share. */
  private void branch(int m, int positions) {
    BatchNorm norm = selection.branches().get(m).norm();
    CpuTensor statistics = CpuTensor.cpu(norm.statistics());
    CpuTensor weights = CpuTensor.cpu(selection.weights());
    CpuTensor dSqueeze = CpuTensor.cpu(selection.dSqueeze());
    int channels = statistics.channels();
    int samples = dSqueeze.samples();
    for (int c = 0; c < channels; c++) {
      double mean = statistics.floats.get(c);
      double dShift = 0;
      double centred = 0;
      for (int n = 0; n < samples; n++) {
        int branch = n * selection.size() + m;
        int first = 2 * branch * channels + c;
        double w = weights.floats.get(branch * channels + c);
        double share = (double) dSqueeze.floats.get(n * channels + c) / positions;
        double e = sums[first];
        double k = counts[first];
        dShift += w * e + share * k;
        centred += w * (sums[first + channels] - mean * e);
        centred += share * (counts[first + channels] - mean * k);
      }
      double count = (double) samples * positions;
      BatchNormBackwardStatistics.write(norm, statistics, c, dShift, centred, count);
    }
  }
}
