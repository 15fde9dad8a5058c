package dev.selkie.cuda;

import static dev.selkie.cuda.DeviceTensor.address;
import static dev.selkie.cuda.KernelVerbs.gradient;
import static dev.selkie.cuda.KernelVerbs.value;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/**
 * The verbs that cuDNN and cuBLAS carry out, and what a kernel adds to their output. Libraries want
 * weights of the activations' type: they read the copies, and leave a convolution's gradient in
 * scratch, from where a kernel adds it to the float32 one.
 */
interface LibraryVerbs extends KernelVerbs {
  Driver driver();

  Convolutions convolutions();

  Products products();

  // ---- convolution ------------------------------------------------------------------------------

  @Override
  default void convolutionForward(Tensor y, Tensor x, Parameter weight, ConvGeometry geometry) {
    forward(y, x, value(weight), geometry);
  }

  private void forward(Tensor y, Tensor x, long weight, ConvGeometry geometry) {
    Convolutions.Prepared prepared = convolutions().at(x, y, geometry, Driver.Pass.FORWARD);
    long workspace = scratch(prepared.scratch());
    long input = input(prepared, x, workspace + prepared.workspace());
    long typed = weight(prepared, weight, x, workspace + prepared.workspace() + prepared.input());
    prepared.convolution().forward(address(y), input, typed, 0, workspace);
  }

  /** The input, with channels of zeros where the library wants more of them. */
  private long input(Convolutions.Prepared prepared, Tensor x, long place) {
    if (prepared.input() == 0) {
      return address(x);
    }
    int type = KernelVerbs.type(x);
    StepNatives.resizeChannels(
        type,
        place,
        type,
        address(x),
        false,
        KernelVerbs.rows(x),
        x.shape().channels(),
        prepared.shape().x().channels(),
        stream());
    return place;
  }

  /** The weights as the library wants them. */
  private long weight(Convolutions.Prepared prepared, long weight, Tensor x, long place) {
    if (prepared.weight() == 0) {
      return weight;
    }
    if (prepared.input() == 0) {
      long copy = copy(weight);
      if (copy != 0) {
        return copy;
      }
    }
    Shape w = prepared.weights();
    StepNatives.resizeChannels(
        KernelVerbs.type(x),
        place,
        KernelType.FLOAT32.code(),
        weight,
        false,
        (long) w.batch() * w.positions(),
        prepared.input() == 0 ? w.channels() : x.shape().channels(),
        w.channels(),
        stream());
    return place;
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
    long workspace = scratch(prepared.scratch());
    long typed = weight(prepared, value(weight), dx, workspace + prepared.workspace());
    prepared.convolution().backwardData(address(dx), address(dy), typed, beta, workspace);
  }

  @Override
  default void convolutionBackwardWeights(
      Parameter weight, Tensor x, Tensor dy, ConvGeometry geometry) {
    Convolutions.Prepared prepared =
        convolutions().at(x, dy, geometry, Driver.Pass.BACKWARD_WEIGHTS);
    long workspace = scratch(prepared.scratch());
    long input = input(prepared, x, workspace + prepared.workspace());
    if (prepared.weight() == 0) {
      prepared.convolution().backwardWeights(gradient(weight), input, address(dy), 1, workspace);
      return;
    }
    long typed = workspace + prepared.workspace() + prepared.input();
    prepared.convolution().backwardWeights(typed, input, address(dy), 0, workspace);
    Shape w = prepared.weights();
    StepNatives.resizeChannels(
        KernelType.FLOAT32.code(),
        gradient(weight),
        KernelVerbs.type(x),
        typed,
        true,
        (long) w.batch() * w.positions(),
        w.channels(),
        prepared.input() == 0 ? w.channels() : x.shape().channels(),
        stream());
  }

  // ---- dense ------------------------------------------------------------------------------------

  @Override
  default void denseForward(Tensor y, Tensor x, Parameter weight) {
    int n = x.shape().batch();
    int in = x.shape().perSample();
    int out = y.shape().channels();
    Driver.Matrices sizes = products().of(n, out, in, false, true, y.element());
    driver().multiply(sizes, address(y), address(x), weight(weight, x), 0);
  }

  /** The weights of a dense layer in the activations' type. */
  private long weight(Parameter weight, Tensor activation) {
    if (activation.element() == Element.FLOAT32) {
      return value(weight);
    }
    long copy = copy(value(weight));
    if (copy != 0) {
      return copy;
    }
    long count = weight.value().shape().elements();
    long place = scratch(activation.element().bytes(count));
    StepNatives.convert(
        KernelVerbs.type(activation),
        place,
        KernelType.FLOAT32.code(),
        value(weight),
        count,
        stream());
    return place;
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
    Driver.Matrices sizes = products().of(n, in, out, false, false, dx.element());
    driver().multiply(sizes, address(dx), address(dy), weight(weight, dy), 0);
  }

  @Override
  default void denseBackwardWeights(Parameter weight, Tensor x, Tensor dy) {
    int n = x.shape().batch();
    int in = x.shape().perSample();
    int out = dy.shape().channels();
    Driver.Matrices sizes = products().of(out, in, n, true, false, Element.FLOAT32);
    driver().multiply(sizes, gradient(weight), address(dy), address(x), 1);
  }
}
