package dev.selkie.runtime.check;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** Norms with their running statistics, folded or by themselves, and gates. */
interface InferenceRules extends Ops {
  @Override
  default void foldBatchNorm(
      Tensor foldedWeight, Tensor foldedBias, Parameter weight, BatchNorm norm) {
    Require.that(weight.value() != null, "weight is null; only an optional component may be");
    Shape w = weight.value().shape();
    Require.parameter("weight", weight, w);
    Require.part("folded weight", foldedWeight, w);
    Require.vector("folded bias", foldedBias, w.batch());
    NormShapes.norm(norm, w.batch());
    Require.apart(foldedWeight, foldedBias, weight.value());
  }

  @Override
  default void foldBatchNormBias(
      Tensor foldedWeight, Tensor foldedBias, Parameter weight, Parameter bias, BatchNorm norm) {
    foldBatchNorm(foldedWeight, foldedBias, weight, norm);
    Require.vector("bias", bias, weight.value().shape().batch());
    Require.apart(foldedBias, bias.value());
  }

  @Override
  default void convolutionInference(
      Tensor y,
      Tensor x,
      Tensor weight,
      Tensor bias,
      Activation activation,
      ConvGeometry geometry) {
    Require.part("folded weight", weight, ConvolutionRules.fitting(y, x, geometry));
    Require.vector("folded bias", bias, y.shape().channels());
    Require.apart(y, x, weight, bias);
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
    convolutionInference(y, x, weight, bias, activation, geometry);
    Require.same(y, residual);
    Require.apart(y, residual);
  }

  @Override
  default void batchNormInference(Tensor y, Tensor x, BatchNorm norm, Activation activation) {
    Require.same(x, y);
    NormShapes.norm(norm, x.shape().channels());
    Require.apart(y, x);
  }

  @Override
  default void batchNormAddInference(
      Tensor y, Tensor x, Tensor residual, BatchNorm norm, Activation activation) {
    batchNormInference(y, x, norm, activation);
    Require.same(y, residual);
    Require.apart(y, residual);
  }

  @Override
  default void scaleInference(Tensor y, Tensor x, Excitation excitation, Activation activation) {
    Require.same(x, y);
    ExcitationRules.of(excitation, x);
    Require.apart(y, x, excitation.gate());
  }

  @Override
  default void scaleAddInference(
      Tensor y, Tensor x, Tensor residual, Excitation excitation, Activation activation) {
    scaleInference(y, x, excitation, activation);
    Require.same(y, residual);
    Require.apart(y, residual);
  }
}
