package dev.selkie.cuda;

import static dev.selkie.cuda.DeviceTensor.address;
import static dev.selkie.cuda.KernelVerbs.type;
import static dev.selkie.cuda.KernelVerbs.value;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** Norms with their running statistics, folded into weights or by themselves, and gates. */
interface InferenceKernels extends KernelVerbs {

  @Override
  default void foldBatchNorm(
      Tensor foldedWeight, Tensor foldedBias, Parameter weight, BatchNorm norm) {
    foldBatchNormBias(foldedWeight, foldedBias, weight, null, norm);
  }

  @Override
  default void foldBatchNormBias(
      Tensor foldedWeight, Tensor foldedBias, Parameter weight, Parameter bias, BatchNorm norm) {
    Shape s = foldedWeight.shape();
    StepNatives.foldBatchNorm(
        address(foldedWeight),
        copyType(),
        copy(address(foldedWeight)),
        address(foldedBias),
        value(weight),
        value(bias),
        value(norm.scale()),
        value(norm.shift()),
        address(norm.runningMean()),
        address(norm.runningVariance()),
        s.batch(),
        s.perSample(),
        stream());
  }

  @Override
  default void batchNormInference(Tensor y, Tensor x, BatchNorm norm, Activation activation) {
    infer(y, x, null, norm, activation);
  }

  @Override
  default void batchNormAddInference(
      Tensor y, Tensor x, Tensor residual, BatchNorm norm, Activation activation) {
    infer(y, x, residual, norm, activation);
  }

  private void infer(Tensor y, Tensor x, Tensor residual, BatchNorm norm, Activation activation) {
    Shape s = x.shape();
    StepNatives.batchNormInference(
        type(x),
        address(y),
        address(x),
        address(residual),
        value(norm.scale()),
        value(norm.shift()),
        address(norm.runningMean()),
        address(norm.runningVariance()),
        activation.ordinal(),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  @Override
  default void scaleInference(Tensor y, Tensor x, Excitation excitation, Activation activation) {
    infer(y, x, null, excitation, activation);
  }

  @Override
  default void scaleAddInference(
      Tensor y, Tensor x, Tensor residual, Excitation excitation, Activation activation) {
    infer(y, x, residual, excitation, activation);
  }

  private void infer(
      Tensor y, Tensor x, Tensor residual, Excitation excitation, Activation activation) {
    Shape s = x.shape();
    StepNatives.scaleInference(
        type(x),
        address(y),
        address(x),
        address(residual),
        address(excitation.gate()),
        activation.ordinal(),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }
}
