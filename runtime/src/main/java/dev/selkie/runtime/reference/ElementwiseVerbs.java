package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.of;

import dev.selkie.runtime.Tensor;

/** Value by value, and what only moves values. */
interface ElementwiseVerbs extends Verbs {
  @Override
  default void reluForward(Tensor y, Tensor x) {
    for (int i = 0; i < of(y).size(); i++) {
      of(y).set(i, relu(of(x).get(i)));
    }
  }

  @Override
  default void reluBackward(Tensor dx, Tensor dy, Tensor y) {
    for (int i = 0; i < of(dx).size(); i++) {
      of(dx).set(i, of(y).get(i) > 0 ? of(dy).get(i) : 0);
    }
  }

  @Override
  default void sigmoidForward(Tensor y, Tensor x) {
    for (int i = 0; i < of(y).size(); i++) {
      of(y).set(i, sigmoid(of(x).get(i)));
    }
  }

  @Override
  default void sigmoidBackward(Tensor dx, Tensor dy, Tensor y) {
    for (int i = 0; i < of(dx).size(); i++) {
      double s = of(y).get(i);
      of(dx).set(i, round(of(dy).get(i) * s) * round(1 - s));
    }
  }

  @Override
  default void addForward(Tensor y, Tensor a, Tensor b) {
    for (int i = 0; i < of(y).size(); i++) {
      of(y).set(i, of(a).get(i) + of(b).get(i));
    }
  }

  @Override
  default void copy(Tensor y, Tensor x) {
    for (int i = 0; i < of(y).size(); i++) {
      of(y).set(i, of(x).get(i));
    }
  }

  @Override
  default void accumulate(Tensor y, Tensor x) {
    for (int i = 0; i < of(y).size(); i++) {
      of(y).add(i, of(x).get(i));
    }
  }

  @Override
  default void multiplyForward(Tensor y, Tensor a, Tensor b) {
    for (int i = 0; i < of(y).size(); i++) {
      of(y).set(i, of(a).get(i) * of(b).get(factor(a, b, i)));
    }
  }

  @Override
  default void multiplyBackward(Tensor da, Tensor db, Tensor dy, Tensor a, Tensor b) {
    of(db).fill(0);
    for (int i = 0; i < of(dy).size(); i++) {
      int j = factor(a, b, i);
      of(da).set(i, of(dy).get(i) * of(b).get(j));
      of(db).add(j, round(of(dy).get(i) * of(a).get(i)));
    }
  }

  /** Which value of b multiplies value i of a. */
  private static int factor(Tensor a, Tensor b, int i) {
    return b.shape().equals(a.shape()) ? i : of(a).sampleAndChannel(i);
  }

  @Override
  default void concatForward(Tensor y, Tensor x, int channel) {
    for (int i = 0; i < of(x).size(); i++) {
      of(y).set(place(y, x, channel, i), of(x).get(i));
    }
  }

  @Override
  default void concatBackward(Tensor dx, Tensor dy, int channel) {
    for (int i = 0; i < of(dx).size(); i++) {
      of(dx).set(i, of(dy).get(place(dy, dx, channel, i)));
    }
  }

  /** Where value i of a part lies in the whole. */
  private static int place(Tensor whole, Tensor part, int channel, int i) {
    int pixel = i / of(part).channels();
    return pixel * of(whole).channels() + channel + of(part).channel(i);
  }

  @Override
  default void zero(Tensor y) {
    of(y).fill(0);
  }
}
