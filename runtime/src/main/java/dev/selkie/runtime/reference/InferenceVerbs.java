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
    ref(y).fill(0);
    convolve(ref(y), ref(x), ref(weight), geometry);
    addBias(ref(y), ref(bias));
    activate(ref(y), activation);
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
    convolutionInference(y, x, weight, bias, Activation.NONE, geometry);
    accumulate(y, residual);
    activate(ref(y), activation);
  }

  @Override
  default void batchNormInference(Tensor y, Tensor x, BatchNorm norm, Activation activation) {
    for (int i = 0; i < ref(y).size(); i++) {
      int c = ref(x).channel(i);
      ref(y).set(i, round(runningA(norm, c) * ref(x).get(i)) + runningB(norm, c));
    }
    activate(ref(y), activation);
  }

  @Override
  default void batchNormAddInference(
      Tensor y, Tensor x, Tensor residual, BatchNorm norm, Activation activation) {
    batchNormInference(y, x, norm, Activation.NONE);
    accumulate(y, residual);
    activate(ref(y), activation);
  }

  @Override
  default void scaleInference(Tensor y, Tensor x, Excitation excitation, Activation activation) {
    scaleForward(y, x, excitation);
    activate(ref(y), activation);
  }

  @Override
  default void scaleAddInference(
      Tensor y, Tensor x, Tensor residual, Excitation excitation, Activation activation) {
    scaleForward(y, x, excitation);
    accumulate(y, residual);
    activate(ref(y), activation);
  }

  private void activate(ReferenceTensor y, Activation activation) {
    for (int i = 0; i < y.size(); i++) {
      y.set(i, activate(activation, y.get(i)));
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
