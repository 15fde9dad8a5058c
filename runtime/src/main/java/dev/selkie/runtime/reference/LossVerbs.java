package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Tensor;

/** loss = -sum over k of target(k) log softmax(k); its gradient is softmax - target. */
interface LossVerbs extends Verbs {
  @Override
  default void softmaxCrossEntropy(
      Tensor loss, Tensor dLogits, Tensor logits, Tensor labels, float smoothing) {
    int classes = logits.shape().channels();
    for (int n = 0; n < logits.shape().batch(); n++) {
      double label = ref(labels).get(n);
      if (!(label >= 0 && label < classes)) {
        throw new BackendException(
            "the label of sample %d is %s but there are %d classes; use numbers from 0 to %d"
                .formatted(n, label, classes, classes - 1));
      }
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < classes; k++) {
        largest = Math.max(largest, ref(logits).get(n, 0, 0, k));
      }
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum = round(sum + round(Math.exp(round(ref(logits).get(n, 0, 0, k) - largest))));
      }
      double total = 0;
      for (int k = 0; k < classes; k++) {
        double shifted = round(ref(logits).get(n, 0, 0, k) - largest);
        double logProbability = round(shifted - round(Math.log(sum)));
        double probability = round(round(Math.exp(shifted)) / sum);
        double spread = round((double) smoothing / classes);
        double target = k == (int) label ? round(round(1 - (double) smoothing) + spread) : spread;
        total = round(total - round(target * logProbability));
        double gradient = round(probability - target);
        ref(dLogits).set(n, 0, 0, k, gradient / logits.shape().batch());
      }
      ref(loss).set(n, total);
    }
  }
}
