package dev.selkie.runtime.check;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** Dense layers, and the loss of the last one. */
interface DenseRules extends Ops {
  @Override
  default void denseForward(Tensor y, Tensor x, Parameter weight) {
    layer(y, x, weight);
    Require.apart(y, x);
  }

  @Override
  default void denseBiasForward(Tensor y, Tensor x, Parameter weight, Parameter bias) {
    denseForward(y, x, weight);
    Require.vector("bias", bias, y.shape().channels());
  }

  @Override
  default void denseBackwardData(Tensor dx, Tensor dy, Parameter weight) {
    layer(dy, dx, weight);
    Require.apart(dx, dy);
  }

  @Override
  default void denseBackwardWeights(Parameter weight, Tensor x, Tensor dy) {
    layer(dy, x, weight);
    Require.apart(weight.gradient(), x, dy);
  }

  @Override
  default void softmaxCrossEntropy(
      Tensor loss, Tensor dLogits, Tensor logits, Tensor labels, float smoothing) {
    Require.share("the label smoothing", smoothing);
    Require.same(logits, dLogits);
    Shape s = logits.shape();
    Require.that(
        s.positions() == 1,
        "%s is %s but must be %dx%dx1x1, a score for each class",
        logits.name(),
        s,
        s.batch(),
        s.perSample());
    Shape perSample = new Shape(s.batch(), 1, 1, 1);
    Require.part("loss", loss, perSample);
    Require.part("labels", labels, perSample);
    Require.apart(dLogits, loss, logits, labels);
    Require.apart(loss, logits, labels);
  }

  /** y = W x with x flattened: the weight has a row for each output. */
  private static void layer(Tensor y, Tensor x, Parameter weight) {
    Require.activations(x, y);
    Require.that(
        y.shape().batch() == x.shape().batch() && y.shape().positions() == 1,
        "%s is %s but must be %dx%dx1x1, for as many samples as %s (%s) has",
        y.name(),
        y.shape(),
        x.shape().batch(),
        y.shape().channels(),
        x.name(),
        x.shape());
    Require.that(weight.value() != null, "weight is null; only an optional component may be");
    Shape w = weight.value().shape();
    Require.that(
        w.batch() == y.shape().channels() && w.perSample() == x.shape().perSample(),
        "%s is %s but must have %d rows, one for each output of %s (%s), of %d values, one for each"
            + " of a sample of %s (%s)",
        weight.name(),
        w,
        y.shape().channels(),
        y.name(),
        y.shape(),
        x.shape().perSample(),
        x.name(),
        x.shape());
    Require.parameter("weight", weight, w);
  }
}
