package dev.selkie.cuda;

import static dev.selkie.cuda.DeviceTensor.address;
import static dev.selkie.cuda.KernelVerbs.gradient;
import static dev.selkie.cuda.KernelVerbs.value;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** The verbs that cuDNN and cuBLAS carry out, and what a kernel adds to their output. */
interface LibraryVerbs extends KernelVerbs {
  Driver driver();

  Convolutions convolutions();

  // ---- convolution ------------------------------------------------------------------------------

  @Override
  default void convolutionForward(Tensor y, Tensor x, Parameter weight, ConvGeometry geometry) {
    forward(y, x, value(weight), geometry);
  }

  private void forward(Tensor y, Tensor x, long weight, ConvGeometry geometry) {
    Convolutions.Prepared prepared = convolutions().at(x, y, geometry, Driver.Pass.FORWARD);
    prepared
        .convolution()
        .forward(address(y), address(x), weight, 0, scratch(prepared.workspace()));
  }

  @Override
  default void convolutionBiasForward(
      Tensor y, Tensor x, Parameter weight, Parameter bias, ConvGeometry geometry) {
    convolutionForward(y, x, weight, geometry);
    finish(y, value(bias), null, Activation.NONE);
  }

  @Override
  default void convolutionInference(
      Tensor y,
      Tensor x,
      Tensor weight,
      Tensor bias,
      Activation activation,
      ConvGeometry geometry) {
    forward(y, x, address(weight), geometry);
    finish(y, address(bias), null, activation);
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
    KernelVerbs.same("convolutionAddInference", residual, y);
    forward(y, x, address(weight), geometry);
    finish(y, address(bias), residual, activation);
  }

  /** y = act(y + bias + residual) in one pass by a kernel. */
  private void finish(Tensor y, long bias, Tensor residual, Activation activation) {
    Shape s = y.shape();
    StepNatives.biasInference(
        KernelVerbs.type(y),
        address(y),
        address(y),
        address(residual),
        bias,
        activation.ordinal(),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  @Override
  default void convolutionBackwardData(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    backwardData(dx, dy, weight, geometry, 0);
  }

  @Override
  default void convolutionBackwardDataAccumulate(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    backwardData(dx, dy, weight, geometry, 1);
  }

  private void backwardData(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry, float beta) {
    Convolutions.Prepared prepared = convolutions().at(dx, dy, geometry, Driver.Pass.BACKWARD_DATA);
    prepared
        .convolution()
        .backwardData(address(dx), address(dy), value(weight), beta, scratch(prepared.workspace()));
  }

  @Override
  default void convolutionBackwardWeights(
      Parameter weight, Tensor x, Tensor dy, ConvGeometry geometry) {
    Convolutions.Prepared prepared =
        convolutions().at(x, dy, geometry, Driver.Pass.BACKWARD_WEIGHTS);
    prepared
        .convolution()
        .backwardWeights(
            gradient(weight), address(x), address(dy), 1, scratch(prepared.workspace()));
  }

  // ---- dense ------------------------------------------------------------------------------------

  @Override
  default void denseForward(Tensor y, Tensor x, Parameter weight) {
    int n = x.shape().batch();
    int in = x.shape().perSample();
    int out = y.shape().channels();
    driver()
        .multiply(
            new Driver.Matrices(n, out, in, false, true), address(y), address(x), value(weight), 0);
  }

  @Override
  default void denseBiasForward(Tensor y, Tensor x, Parameter weight, Parameter bias) {
    denseForward(y, x, weight);
    finish(y, value(bias), null, Activation.NONE);
  }

  @Override
  default void denseBackwardData(Tensor dx, Tensor dy, Parameter weight) {
    int n = dx.shape().batch();
    int in = dx.shape().perSample();
    int out = dy.shape().channels();
    driver()
        .multiply(
            new Driver.Matrices(n, in, out, false, false),
            address(dx),
            address(dy),
            value(weight),
            0);
  }

  @Override
  default void denseBackwardWeights(Parameter weight, Tensor x, Tensor dy) {
    int n = x.shape().batch();
    int in = x.shape().perSample();
    int out = dy.shape().channels();
    driver()
        .multiply(
            new Driver.Matrices(out, in, n, true, false),
            gradient(weight),
            address(dy),
            address(x),
            1);
  }
}
