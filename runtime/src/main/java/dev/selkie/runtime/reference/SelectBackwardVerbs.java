package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Branch;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Tensor;
import java.util.List;

/**
 * Gradients of {@code out = sum over m of w_m v_m} with {@code v_m = M_m (a_m x_m + b_m)} and w, a
 * and b functions of x: the gradient that reaches v_m is w_m dOut + dSqueeze / P.
 */
interface SelectBackwardVerbs extends SelectVerbs, BatchNormBackwardVerbs {
  @Override
  default void selectBackwardSums(Selection selection, Tensor dOut, List<Tensor> xs) {
    ReferenceTensor sums = ref(selection.sums());
    sums.fill(0);
    for (int m = 0; m < selection.size(); m++) {
      ReferenceTensor x = ref(xs.get(m));
      for (int n = 0; n < x.samples(); n++) {
        for (int p = 0; p < x.positions(); p++) {
          for (int c = 0; c < x.channels(); c++) {
            int i = x.index(n, p, c);
            if (passes(selection.branches().get(m), x.get(i), c)) {
              double g = ref(dOut).get(i);
              sums.add(sums.index(n, 2 * m, c), g);
              sums.add(sums.index(n, 2 * m + 1, c), round(g * x.get(i)));
            }
          }
        }
      }
    }
  }

  @Override
  default void selectBackwardStatistics(Selection selection, int positions) {
    ReferenceTensor hidden = ref(selection.hidden());
    double[][] dHidden = new double[hidden.samples()][];
    for (int n = 0; n < dHidden.length; n++) {
      dHidden[n] = layerBackward(selection.selectWeight(), null, dLogits(selection, n), hidden, n);
      for (int d = 0; d < hidden.channels(); d++) {
        dHidden[n][d] = hidden.get(n, 0, 0, d) > 0 ? dHidden[n][d] : 0;
      }
    }
    for (int d = 0; d < hidden.channels(); d++) {
      hiddenNormBackward(selection, dHidden, d);
    }
    for (int n = 0; n < dHidden.length; n++) {
      Parameter weight = selection.squeezeWeight();
      double[] ds = layerBackward(weight, null, dHidden[n], ref(selection.squeeze()), n);
      for (int c = 0; c < ds.length; c++) {
        ref(selection.dSqueeze()).set(n, 0, 0, c, ds[c]);
      }
    }
    for (int m = 0; m < selection.size(); m++) {
      branchGradients(selection, m, positions);
    }
  }

  /**
   * With D_m = a_m F_m + b_m E_m, the gradient of w_m: dl_m = w_m (D_m - sum over k of w_k D_k).
   */
  private double[] dLogits(Selection selection, int n) {
    ReferenceTensor weights = ref(selection.weights());
    ReferenceTensor sums = ref(selection.sums());
    int channels = weights.channels();
    double[] dLogits = new double[selection.size() * channels];
    for (int c = 0; c < channels; c++) {
      double mean = 0;
      for (int m = 0; m < selection.size(); m++) {
        ReferenceTensor statistics = ref(selection.branches().get(m).norm().statistics());
        double ofX = round(statistics.get(0, 0, A, c) * sums.get(n, 0, 2 * m + 1, c));
        double ofOne = round(statistics.get(0, 0, B, c) * sums.get(n, 0, 2 * m, c));
        dLogits[m * channels + c] = round(ofX + ofOne);
        mean = round(mean + round(weights.get(n, 0, m, c) * dLogits[m * channels + c]));
      }
      for (int m = 0; m < selection.size(); m++) {
        double distance = round(dLogits[m * channels + c] - mean);
        dLogits[m * channels + c] = round(weights.get(n, 0, m, c) * distance);
      }
    }
    return dLogits;
  }

  /** From the gradients of the norm's output to those of its input t, in place. */
  private void hiddenNormBackward(Selection selection, double[][] gradients, int d) {
    ReferenceTensor t = ref(selection.linear());
    ReferenceTensor statistics = ref(selection.statistics());
    double mean = statistics.get(0, 0, BATCH_MEAN, d);
    double inverse = statistics.get(0, 0, INVERSE, d);
    int samples = gradients.length;
    double dShift = 0;
    double dScale = 0;
    for (int n = 0; n < samples; n++) {
      double normalised = round(round(t.get(n, 0, 0, d) - mean) * inverse);
      dShift = round(dShift + gradients[n][d]);
      dScale = round(dScale + round(gradients[n][d] * normalised));
    }
    ref(selection.shift().gradient()).add(d, dShift);
    ref(selection.scale().gradient()).add(d, dScale);
    for (int n = 0; n < samples; n++) {
      double normalised = round(round(t.get(n, 0, 0, d) - mean) * inverse);
      double centred = round(gradients[n][d] - round(dShift / samples));
      double rest = round(centred - round(round(normalised * dScale) / samples));
      gradients[n][d] = round(statistics.get(0, 0, A, d) * rest);
    }
  }

  /** dShift = sum of w E + K dSqueeze / P; dScale alike from F and Q, less their mean's share. */
  private void branchGradients(Selection selection, int m, int positions) {
    BatchNorm norm = selection.branches().get(m).norm();
    ReferenceTensor sums = ref(selection.sums());
    ReferenceTensor counts = ref(selection.counts());
    for (int c = 0; c < sums.channels(); c++) {
      double mean = ref(norm.statistics()).get(0, 0, BATCH_MEAN, c);
      double dShift = 0;
      double centred = 0;
      for (int n = 0; n < sums.samples(); n++) {
        double w = ref(selection.weights()).get(n, 0, m, c);
        double share = round(ref(selection.dSqueeze()).get(n, 0, 0, c) / positions);
        double e = sums.get(n, 0, 2 * m, c);
        double k = counts.get(n, 0, 2 * m, c);
        double f = round(sums.get(n, 0, 2 * m + 1, c) - round(mean * e));
        double q = round(counts.get(n, 0, 2 * m + 1, c) - round(mean * k));
        dShift = round(dShift + round(round(w * e) + round(share * k)));
        centred = round(centred + round(round(w * f) + round(share * q)));
      }
      coefficients(norm, c, dShift, centred, (long) sums.samples() * positions);
    }
  }

  @Override
  default void selectBackward(List<Tensor> dxs, Tensor dOut, List<Tensor> xs, Selection selection) {
    for (int m = 0; m < selection.size(); m++) {
      Branch branch = selection.branches().get(m);
      ReferenceTensor coefficients = ref(branch.norm().coefficients());
      ReferenceTensor x = ref(xs.get(m));
      for (int i = 0; i < x.size(); i++) {
        int c = x.channel(i);
        double du = 0;
        if (passes(branch, x.get(i), c)) {
          double dSqueeze = ref(selection.dSqueeze()).get(x.sampleAndChannel(i));
          double direct = round(weight(selection, m, x, i) * ref(dOut).get(i));
          du = round(direct + round(dSqueeze / x.positions()));
        }
        double ofG = round(ref(branch.norm().statistics()).get(0, 0, A, c) * du);
        double ofX = round(coefficients.get(0, 0, SLOPE, c) * x.get(i));
        ref(dxs.get(m)).set(i, round(ofG + ofX) + coefficients.get(0, 0, CONSTANT, c));
      }
    }
  }
}
