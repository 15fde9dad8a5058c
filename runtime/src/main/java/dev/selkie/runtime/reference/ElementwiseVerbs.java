package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.Tensor;

/** Value by value, and what only moves values. */
interface ElementwiseVerbs extends Verbs {
  @Override
  default void reluForward(Tensor y, Tensor x) {
    for (int i = 0; i < ref(y).size(); i++) {
      ref(y).set(i, relu(ref(x).get(i)));
    }
  }

  @Override
  default void reluBackward(Tensor dx, Tensor dy, Tensor y) {
    for (int i = 0; i < ref(dx).size(); i++) {
      ref(dx).set(i, ref(y).get(i) > 0 ? ref(dy).get(i) : 0);
    }
  }

  @Override
  default void sigmoidForward(Tensor y, Tensor x) {
    for (int i = 0; i < ref(y).size(); i++) {
      ref(y).set(i, sigmoid(ref(x).get(i)));
    }
  }

  @Override
  default void sigmoidBackward(Tensor dx, Tensor dy, Tensor y) {
    for (int i = 0; i < ref(dx).size(); i++) {
      double s = ref(y).get(i);
      ref(dx).set(i, round(ref(dy).get(i) * s) * round(1 - s));
    }
  }

  @Override
  default void addForward(Tensor y, Tensor a, Tensor b) {
    for (int i = 0; i < ref(y).size(); i++) {
      ref(y).set(i, ref(a).get(i) + ref(b).get(i));
    }
  }

  @Override
  default void copy(Tensor y, Tensor x) {
    for (int i = 0; i < ref(y).size(); i++) {
      ref(y).set(i, ref(x).get(i));
    }
  }

  @Override
  default void accumulate(Tensor y, Tensor x) {
    for (int i = 0; i < ref(y).size(); i++) {
      ref(y).add(i, ref(x).get(i));
    }
  }

  @Override
  default void multiplyForward(Tensor y, Tensor a, Tensor b) {
    for (int i = 0; i < ref(y).size(); i++) {
      ref(y).set(i, ref(a).get(i) * ref(b).get(factor(a, b, i)));
    }
  }

  @Override
  default void multiplyBackward(Tensor da, Tensor db, Tensor dy, Tensor a, Tensor b) {
    double[] sums = new double[ref(db).size()];
    for (int i = 0; i < ref(dy).size(); i++) {
      int j = factor(a, b, i);
      ref(da).set(i, ref(dy).get(i) * ref(b).get(j));
      sums[j] = round(sums[j] + round(ref(dy).get(i) * ref(a).get(i)));
    }
    ref(db).write(sums);
  }

  /** Which value of b multiplies value i of a. */
  private static int factor(Tensor a, Tensor b, int i) {
    return b.shape().equals(a.shape()) ? i : ref(a).sampleAndChannel(i);
  }

  @Override
  default void times(Tensor y, Tensor x, float factor) {
    for (int i = 0; i < ref(y).size(); i++) {
      ref(y).set(i, factor * ref(x).get(i));
    }
  }

  @Override
  default void zero(Tensor y) {
    ref(y).fill(0);
  }
}
