package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.of;

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
    for (int i = 0; i < of(foldedWeight).size(); i++) {
      int out = i / foldedWeight.shape().perSample();
      of(foldedWeight).set(i, a(norm, out) * of(weight.value()).get(i));
    }
    for (int c = 0; c < of(foldedBias).size(); c++) {
      of(foldedBias).set(c, b(norm, c));
    }
  }

  @Override
  default void foldBatchNormBias(
      Tensor foldedWeight, Tensor foldedBias, Parameter weight, Parameter bias, BatchNorm norm) {
    foldBatchNorm(foldedWeight, foldedBias, weight, norm);
    for (int c = 0; c < of(foldedBias).size(); c++) {
      of(foldedBias).add(c, round(a(norm, c) * of(bias.value()).get(c)));
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
    of(y).fill(0);
    convolve(of(y), of(x), of(weight), geometry);
    addBias(of(y), of(bias));
    activate(of(y), activation);
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
    activate(of(y), activation);
  }

  @Override
  default void batchNormInference(Tensor y, Tensor x, BatchNorm norm, Activation activation) {
    for (int i = 0; i < of(y).size(); i++) {
      int c = of(x).channel(i);
      of(y).set(i, round(a(norm, c) * of(x).get(i)) + b(norm, c));
    }
    activate(of(y), activation);
  }

  @Override
  default void batchNormAddInference(
      Tensor y, Tensor x, Tensor residual, BatchNorm norm, Activation activation) {
    batchNormInference(y, x, norm, Activation.NONE);
    accumulate(y, residual);
    activate(of(y), activation);
  }

  @Override
  default void scaleInference(Tensor y, Tensor x, Excitation excitation, Activation activation) {
    scaleForward(y, x, excitation);
    activate(of(y), activation);
  }

  @Override
  default void scaleAddInference(
      Tensor y, Tensor x, Tensor residual, Excitation excitation, Activation activation) {
    scaleForward(y, x, excitation);
    accumulate(y, residual);
    activate(of(y), activation);
  }

  private void activate(ReferenceTensor y, Activation activation) {
    for (int i = 0; i < y.size(); i++) {
      y.set(i, activate(activation, y.get(i)));
    }
  }

  /** scale / sqrt(running variance + epsilon). */
  private double a(BatchNorm norm, int c) {
    double variance = round(of(norm.runningVariance()).get(c) + BatchNorm.EPSILON);
    return round(of(norm.scale().value()).get(c) / round(Math.sqrt(variance)));
  }

  /** shift - a * running mean. */
  private double b(BatchNorm norm, int c) {
    double mean = round(a(norm, c) * of(norm.runningMean()).get(c));
    return round(of(norm.shift().value()).get(c) - mean);
  }
}
