package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Tensor;

/** The forward pass with running statistics, batch norms folded into convolutions. */
interface InferenceVerbs extends ConvolutionVerbs, ExcitationVerbs {
  @Override
  default void foldBatchNorm(
      Tensor foldedWeight, Tensor foldedBias, Parameter weight, BatchNorm norm) {
    for (int i = 0; i < ref(foldedWeight).size(); i++) {
      int out = i / foldedWeight.shape().perSample();
      ref(foldedWeight).set(i, runningA(norm, out) * ref(weight.value()).get(i));
    }
    for (int c = 0; c < ref(foldedBias).size(); c++) {
      ref(foldedBias).set(c, runningB(norm, c));
    }
  }

  @Override
  default void foldBatchNormBias(
      Tensor foldedWeight, Tensor foldedBias, Parameter weight, Parameter bias, BatchNorm norm) {
    foldBatchNorm(foldedWeight, foldedBias, weight, norm);
    for (int c = 0; c < ref(foldedBias).size(); c++) {
      ref(foldedBias).add(c, round(runningA(norm, c) * ref(bias.value()).get(c)));
    }
  }

  @Override
  default void convolutionInference(
      Tensor y,
      Tensor x,
      Tensor weight,
      Tensor bias,
      Activation activation,
      ConvGeometry geometry) {
    convolve(ref(y), ref(x), ref(weight), geometry);
    finish(ref(y), ref(bias), null, activation);
  }

  @Override
  default void convolutionAddInference(
      Tensor y,
      Tensor x,
      Tensor weight,
      Tensor bias,
      Tensor residual,
      Activation activation,
      ConvGeometry geometry) {
    convolve(ref(y), ref(x), ref(weight), geometry);
    finish(ref(y), ref(bias), ref(residual), activation);
  }

  /** y = act(y + bias + residual): a pass of its own behind the convolution's. */
  private void finish(
      ReferenceTensor y, ReferenceTensor bias, ReferenceTensor residual, Activation activation) {
    for (int i = 0; i < y.size(); i++) {
      finish(y, i, round(y.get(i) + bias.get(y.channel(i))), residual, activation);
    }
  }

  /** y = act(value + residual). */
  private void finish(
      ReferenceTensor y, int i, double value, ReferenceTensor residual, Activation activation) {
    double sum = residual == null ? value : round(value + residual.get(i));
    y.set(i, activate(activation, sum));
  }

  @Override
  default void batchNormInference(Tensor y, Tensor x, BatchNorm norm, Activation activation) {
    normalize(ref(y), ref(x), null, norm, activation);
  }

  @Override
  default void batchNormAddInference(
      Tensor y, Tensor x, Tensor residual, BatchNorm norm, Activation activation) {
    normalize(ref(y), ref(x), ref(residual), norm, activation);
  }

  private void normalize(
      ReferenceTensor y,
      ReferenceTensor x,
      ReferenceTensor residual,
      BatchNorm norm,
      Activation activation) {
    for (int i = 0; i < y.size(); i++) {
      int c = x.channel(i);
      double scaled = round(runningA(norm, c) * x.get(i));
      finish(y, i, round(scaled + runningB(norm, c)), residual, activation);
    }
  }

  @Override
  default void scaleInference(Tensor y, Tensor x, Excitation excitation, Activation activation) {
    scale(ref(y), ref(x), null, excitation, activation);
  }

  @Override
  default void scaleAddInference(
      Tensor y, Tensor x, Tensor residual, Excitation excitation, Activation activation) {
    scale(ref(y), ref(x), ref(residual), excitation, activation);
  }

  private void scale(
      ReferenceTensor y,
      ReferenceTensor x,
      ReferenceTensor residual,
      Excitation excitation,
      Activation activation) {
    for (int i = 0; i < y.size(); i++) {
      double gate = ref(excitation.gate()).get(x.sampleAndChannel(i));
      finish(y, i, round(gate * x.get(i)), residual, activation);
    }
  }

  /** scale / sqrt(running variance + epsilon). */
  default double runningA(BatchNorm norm, int c) {
    double variance = round(ref(norm.runningVariance()).get(c) + BatchNorm.EPSILON);
    return round(ref(norm.scale().value()).get(c) / round(Math.sqrt(variance)));
  }

  /** shift - a * running mean. */
  default double runningB(BatchNorm norm, int c) {
    double mean = round(runningA(norm, c) * ref(norm.runningMean()).get(c));
    return round(ref(norm.shift().value()).get(c) - mean);
  }
}
