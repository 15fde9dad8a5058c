package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.Tensor;

/**
 * Branch weights of Shake-Shake (Gastaldi, 2017): for sample n alpha is draw 2 n and beta draw 2 n
 * + 1 of the layer, by the hash of {@link DropoutVerbs}.
 */
interface ShakeVerbs extends Verbs {
  long seed();

  @Override
  default void shakeShakeForward(Tensor y, Tensor a, Tensor b, int layer) {
    for (int i = 0; i < ref(y).size(); i++) {
      double alpha = DropoutVerbs.fraction(seed(), layer, 2L * sample(y, i));
      double first = round(alpha * ref(a).get(i));
      ref(y).set(i, first + round(round(1 - alpha) * ref(b).get(i)));
    }
  }

  @Override
  default void shakeShakeBackward(Tensor da, Tensor db, Tensor dy, int layer) {
    for (int i = 0; i < ref(dy).size(); i++) {
      double beta = DropoutVerbs.fraction(seed(), layer, 2L * sample(dy, i) + 1);
      ref(da).set(i, beta * ref(dy).get(i));
      ref(db).set(i, round(1 - beta) * ref(dy).get(i));
    }
  }

  @Override
  default void shakeShakeInference(Tensor y, Tensor a, Tensor b) {
    for (int i = 0; i < ref(y).size(); i++) {
      ref(y).set(i, round(ref(a).get(i) + ref(b).get(i)) / 2);
    }
  }

  private static int sample(Tensor tensor, int i) {
    return i / tensor.shape().perSample();
  }
}
