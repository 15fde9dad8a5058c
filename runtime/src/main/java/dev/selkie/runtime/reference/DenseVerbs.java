package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Tensor;

/** y(n, k) = sum over i of W(k, i) x(n, i), with i the flat index within a sample. */
interface DenseVerbs extends Verbs {
  @Override
  default void denseForward(Tensor y, Tensor x, Parameter weight) {
    double[] w = factors(ref(weight.value()));
    double[] v = factors(ref(x));
    int in = x.shape().perSample();
    int out = y.shape().perSample();
    for (int n = 0; n < y.shape().batch(); n++) {
      for (int k = 0; k < out; k++) {
        double sum = 0;
        for (int i = 0; i < in; i++) {
          sum = round(sum + round(w[k * in + i] * v[n * in + i]));
        }
        ref(y).set(n * out + k, sum);
      }
    }
  }

  @Override
  default void denseBiasForward(Tensor y, Tensor x, Parameter weight, Parameter bias) {
    denseForward(y, x, weight);
    for (int i = 0; i < ref(y).size(); i++) {
      ref(y).add(i, ref(bias.value()).get(ref(y).channel(i)));
    }
  }

  @Override
  default void denseBackwardData(Tensor dx, Tensor dy, Parameter weight) {
    double[] w = factors(ref(weight.value()));
    double[] g = factors(ref(dy));
    int in = dx.shape().perSample();
    int out = dy.shape().perSample();
    for (int n = 0; n < dy.shape().batch(); n++) {
      for (int i = 0; i < in; i++) {
        double sum = 0;
        for (int k = 0; k < out; k++) {
          sum = round(sum + round(w[k * in + i] * g[n * out + k]));
        }
        ref(dx).set(n * in + i, sum);
      }
    }
  }

  @Override
  default void denseBackwardWeights(Parameter weight, Tensor x, Tensor dy) {
    double[] v = factors(ref(x));
    double[] g = factors(ref(dy));
    int in = x.shape().perSample();
    int out = dy.shape().perSample();
    for (int n = 0; n < dy.shape().batch(); n++) {
      for (int k = 0; k < out; k++) {
        for (int i = 0; i < in; i++) {
          ref(weight.gradient()).add(k * in + i, round(g[n * out + k] * v[n * in + i]));
        }
      }
    }
  }
}
