package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.of;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Tensor;

/** y(n, k) = sum over i of W(k, i) x(n, i), with i the flat index within a sample. */
interface DenseVerbs extends Verbs {
  @Override
  default void denseForward(Tensor y, Tensor x, Parameter weight) {
    ReferenceTensor w = of(weight.value());
    int in = x.shape().perSample();
    int out = y.shape().perSample();
    for (int n = 0; n < y.shape().batch(); n++) {
      for (int k = 0; k < out; k++) {
        double sum = 0;
        for (int i = 0; i < in; i++) {
          sum = round(sum + round(w.get(k * in + i) * of(x).get(n * in + i)));
        }
        of(y).set(n * out + k, sum);
      }
    }
  }

  @Override
  default void denseBiasForward(Tensor y, Tensor x, Parameter weight, Parameter bias) {
    denseForward(y, x, weight);
    for (int i = 0; i < of(y).size(); i++) {
      of(y).add(i, of(bias.value()).get(of(y).channel(i)));
    }
  }

  @Override
  default void denseBackwardData(Tensor dx, Tensor dy, Parameter weight) {
    ReferenceTensor w = of(weight.value());
    int in = dx.shape().perSample();
    int out = dy.shape().perSample();
    for (int n = 0; n < dy.shape().batch(); n++) {
      for (int i = 0; i < in; i++) {
        double sum = 0;
        for (int k = 0; k < out; k++) {
          sum = round(sum + round(w.get(k * in + i) * of(dy).get(n * out + k)));
        }
        of(dx).set(n * in + i, sum);
      }
    }
  }

  @Override
  default void denseBackwardWeights(Parameter weight, Tensor x, Tensor dy) {
    int in = x.shape().perSample();
    int out = dy.shape().perSample();
    for (int n = 0; n < dy.shape().batch(); n++) {
      for (int k = 0; k < out; k++) {
        for (int i = 0; i < in; i++) {
          double product = round(of(dy).get(n * out + k) * of(x).get(n * in + i));
          of(weight.gradient()).add(k * in + i, product);
        }
      }
    }
  }
}
