package dev.selkie.cpu;

import dev.selkie.runtime.BackendException;

/** Softmax cross-entropy with label smoothing, and its gradient; in double, sample by sample. */
final class Loss implements Lanes.Work {
  private final Lanes lanes;
  private CpuTensor loss;
  private CpuTensor dLogits;
  private CpuTensor logits;
  private CpuTensor labels;
  private float smoothing;

  Loss(Lanes lanes) {
    this.lanes = lanes;
  }

  void run(
      CpuTensor losses, CpuTensor gradient, CpuTensor scores, CpuTensor classes, float smooth) {
    loss = losses;
    dLogits = gradient;
    logits = scores;
    labels = classes;
    smoothing = smooth;
    lanes.run(this, scores.samples());
  }

  @Override
  public void run(Lane lane, int from, int to) {
    int classes = logits.perSample();
    float[] scores = lane.tile(0, classes);
    for (int n = from; n < to; n++) {
      logits.floats.get(n * classes, scores, 0, classes);
      int label = label(n, classes);
      double most = Double.NEGATIVE_INFINITY;
      double all = 0;
      for (int k = 0; k < classes; k++) {
        most = Math.max(most, scores[k]);
        all += scores[k];
      }
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += Math.exp(scores[k] - most);
      }
      double logSum = most + Math.log(sum);
      double even = (double) smoothing / classes;
      loss.floats.put(n, (float) (logSum - (1 - smoothing) * scores[label] - even * all));
      for (int k = 0; k < classes; k++) {
        double target = even + (k == label ? 1 - smoothing : 0);
        scores[k] = (float) ((Math.exp(scores[k] - logSum) - target) / logits.samples());
      }
      dLogits.floats.put(n * classes, scores, 0, classes);
    }
  }

  private int label(int n, int classes) {
    float label = labels.floats.get(n);
    if (!(label >= 0 && label < classes) || label != (int) label) {
      throw new BackendException(
          "the label of sample %d is %s, but there are %d classes, numbered from 0"
              .formatted(n, label, classes));
    }
    return (int) label;
  }
}
