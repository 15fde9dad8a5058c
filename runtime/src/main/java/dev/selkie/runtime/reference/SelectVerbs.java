package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Branch;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Tensor;
import java.util.List;

/** Selective kernels (Li et al., 2019, equations 1 to 6): split, fuse, select. */
interface SelectVerbs extends BatchNormVerbs, InferenceVerbs {
  @Override
  default void selectConvolutionForward(List<Tensor> ys, Selection selection, Tensor x) {
    for (int m = 0; m < selection.size(); m++) {
      Branch branch = selection.branches().get(m);
      convolutionForward(ys.get(m), x, branch.weight(), branch.geometry());
      batchNormMoments(branch.norm(), ys.get(m));
    }
  }

  @Override
  default void selectStatistics(Selection selection, int positions) {
    selection.branches().forEach(branch -> statistics(branch.norm(), positions));
  }

  @Override
  default void selectSqueeze(Selection selection, List<Tensor> xs) {
    ReferenceTensor counts = ref(selection.counts());
    counts.fill(0);
    for (int m = 0; m < selection.size(); m++) {
      ReferenceTensor x = ref(xs.get(m));
      for (int n = 0; n < x.samples(); n++) {
        for (int p = 0; p < x.positions(); p++) {
          for (int c = 0; c < x.channels(); c++) {
            double value = x.get(x.index(n, p, c));
            if (passes(selection.branches().get(m), value, c)) {
              counts.add(counts.index(n, 2 * m, c), 1);
              counts.add(counts.index(n, 2 * m + 1, c), value);
            }
          }
        }
      }
    }
  }

  /** Whether the ReLU of that branch lets the value through. */
  default boolean passes(Branch branch, double x, int c) {
    return arithmetic().positive(normalize(branch.norm(), x, c));
  }

  @Override
  default void selectFuse(Selection selection, int positions) {
    ReferenceTensor squeeze = ref(selection.squeeze());
    ReferenceTensor counts = ref(selection.counts());
    for (int n = 0; n < squeeze.samples(); n++) {
      for (int c = 0; c < squeeze.channels(); c++) {
        double sum = 0;
        for (int m = 0; m < selection.size(); m++) {
          ReferenceTensor statistics = ref(selection.branches().get(m).norm().statistics());
          double ofX = round(statistics.get(0, 0, A, c) * counts.get(n, 0, 2 * m + 1, c));
          double ofOne = round(statistics.get(0, 0, B, c) * counts.get(n, 0, 2 * m, c));
          sum = round(sum + round(ofX + ofOne));
        }
        squeeze.set(n, 0, 0, c, sum / positions);
      }
    }
    linear(selection);
    BatchNorm norm = hiddenNorm(selection);
    ReferenceTensor t = ref(selection.linear());
    ReferenceTensor statistics = ref(norm.statistics());
    for (int d = 0; d < t.channels(); d++) {
      hiddenStatistics(norm, t, d);
      for (int n = 0; n < t.samples(); n++) {
        // Of few values, which may be near each other: a t + b would cancel.
        double distance = round(t.get(n, 0, 0, d) - statistics.get(0, 0, BATCH_MEAN, d));
        double scaled = round(statistics.get(0, 0, A, d) * distance);
        double normalised = round(scaled + ref(norm.shift().value()).get(d));
        ref(selection.hidden()).set(n, 0, 0, d, relu(normalised));
      }
    }
    softmax(selection);
  }

  /** t = W squeeze. */
  private void linear(Selection selection) {
    ReferenceTensor t = ref(selection.linear());
    for (int n = 0; n < t.samples(); n++) {
      for (int d = 0; d < t.channels(); d++) {
        t.set(n, 0, 0, d, row(selection.squeezeWeight(), null, d, ref(selection.squeeze()), n));
      }
    }
  }

  /** The hidden units' norm; its N values per unit need no moments. */
  static BatchNorm hiddenNorm(Selection s) {
    return new BatchNorm(
        s.scale(),
        s.shift(),
        s.runningMean(),
        s.runningVariance(),
        null,
        s.statistics(),
        null,
        null);
  }

  private void hiddenStatistics(BatchNorm norm, ReferenceTensor t, int d) {
    double sum = 0;
    for (int n = 0; n < t.samples(); n++) {
      sum = round(sum + t.get(n, 0, 0, d));
    }
    double mean = round(sum / t.samples());
    double squares = 0;
    for (int n = 0; n < t.samples(); n++) {
      double deviation = round(t.get(n, 0, 0, d) - mean);
      squares = round(squares + round(deviation * deviation));
    }
    statistics(norm, d, mean, squares, t.samples());
  }

  /** weights = softmax over branches of A_m q. */
  private void softmax(Selection selection) {
    ReferenceTensor weights = ref(selection.weights());
    int channels = weights.channels();
    double[] values = new double[selection.size()];
    for (int n = 0; n < weights.samples(); n++) {
      for (int c = 0; c < channels; c++) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int m = 0; m < values.length; m++) {
          int row = m * channels + c;
          values[m] = row(selection.selectWeight(), null, row, ref(selection.hidden()), n);
          largest = Math.max(largest, values[m]);
        }
        double total = 0;
        for (int m = 0; m < values.length; m++) {
          values[m] = round(Math.exp(round(values[m] - largest)));
          total = round(total + values[m]);
        }
        for (int m = 0; m < values.length; m++) {
          weights.set(weights.index(n, m, c), values[m] / total);
        }
      }
    }
  }

  @Override
  default void selectForward(Tensor out, List<Tensor> xs, Selection selection) {
    ReferenceTensor y = ref(out);
    for (int i = 0; i < y.size(); i++) {
      double sum = 0;
      for (int m = 0; m < selection.size(); m++) {
        BatchNorm norm = selection.branches().get(m).norm();
        double value = relu(normalize(norm, ref(xs.get(m)).get(i), y.channel(i)));
        sum = round(sum + round(weight(selection, m, y, i) * value));
      }
      y.set(i, sum);
    }
  }

  /** weights_m for the sample and channel of value i of y. */
  default double weight(Selection selection, int m, ReferenceTensor y, int i) {
    ReferenceTensor weights = ref(selection.weights());
    int n = y.sampleAndChannel(i) / y.channels();
    return weights.get(weights.index(n, m, y.channel(i)));
  }

  @Override
  default void selectFuseInference(Selection selection, List<Tensor> xs) {
    ReferenceTensor squeeze = ref(selection.squeeze());
    squeeze.fill(0);
    for (Tensor x : xs) {
      for (int i = 0; i < ref(x).size(); i++) {
        squeeze.add(ref(x).sampleAndChannel(i), ref(x).get(i));
      }
    }
    for (int i = 0; i < squeeze.size(); i++) {
      squeeze.set(i, squeeze.get(i) / xs.get(0).shape().positions());
    }
    linear(selection);
    BatchNorm norm = hiddenNorm(selection);
    ReferenceTensor hidden = ref(selection.hidden());
    for (int i = 0; i < hidden.size(); i++) {
      int d = hidden.channel(i);
      double scaled = round(runningA(norm, d) * ref(selection.linear()).get(i));
      hidden.set(i, relu(round(scaled + runningB(norm, d))));
    }
    softmax(selection);
  }

  @Override
  default void selectInference(Tensor out, List<Tensor> xs, Selection selection) {
    ReferenceTensor y = ref(out);
    for (int i = 0; i < y.size(); i++) {
      double sum = 0;
      for (int m = 0; m < selection.size(); m++) {
        sum = round(sum + round(weight(selection, m, y, i) * ref(xs.get(m)).get(i)));
      }
      y.set(i, sum);
    }
  }
}
