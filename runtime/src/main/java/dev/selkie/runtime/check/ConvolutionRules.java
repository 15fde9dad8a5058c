package dev.selkie.runtime.check;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** Convolutions: kernels fit, groups divide, each window gives one position. */
interface ConvolutionRules extends Ops {
  @Override
  default void convolutionForward(Tensor y, Tensor x, Parameter weight, ConvGeometry geometry) {
    convolution(y, x, weight, geometry);
    Require.apart(y, x);
  }

  @Override
  default void convolutionBiasForward(
      Tensor y, Tensor x, Parameter weight, Parameter bias, ConvGeometry geometry) {
    convolutionForward(y, x, weight, geometry);
    Require.vector("bias", bias, y.shape().channels());
  }

  @Override
  default void convolutionBackwardData(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    convolution(dy, dx, weight, geometry);
    Require.apart(dx, dy);
  }

  @Override
  default void convolutionBackwardDataAccumulate(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    convolutionBackwardData(dx, dy, weight, geometry);
  }

  @Override
  default void convolutionBackwardWeights(
      Parameter weight, Tensor x, Tensor dy, ConvGeometry geometry) {
    convolution(dy, x, weight, geometry);
    Require.apart(weight.gradient(), x, dy);
  }

  @Override
  default void biasBackward(Parameter bias, Tensor dy) {
    Require.activations(dy);
    Require.vector("bias", bias, dy.shape().channels());
    Require.apart(bias.gradient(), dy);
  }

  /** y, or its gradient, and x, or its gradient, belong to one convolution. */
  static void convolution(Tensor y, Tensor x, Parameter weight, ConvGeometry geometry) {
    Shape taps = fitting(y, x, geometry);
    Require.parameter("weight", weight, taps);
  }

  /** The shape of the weights that lead from x to y. */
  static Shape fitting(Tensor y, Tensor x, ConvGeometry g) {
    Require.activations(y, x);
    Require.atLeast("the kernel's height", 1, g.kernelHeight());
    Require.atLeast("the kernel's width", 1, g.kernelWidth());
    Require.atLeast("the stride", 1, g.stride());
    Require.atLeast("the dilation", 1, g.dilation());
    Require.atLeast("the padding", 0, Math.min(g.paddingHeight(), g.paddingWidth()));
    Require.atLeast("the number of groups", 1, g.groups());
    Shape from = x.shape();
    Shape to = y.shape();
    Require.that(
        from.channels() % g.groups() == 0 && to.channels() % g.groups() == 0,
        "%d groups must divide both the channels of %s (%s) and of %s (%s)",
        g.groups(),
        x.name(),
        from,
        y.name(),
        to);
    long height = outputs(x, from.height(), g.kernelHeight(), g.paddingHeight(), g);
    long width = outputs(x, from.width(), g.kernelWidth(), g.paddingWidth(), g);
    Require.that(
        to.batch() == from.batch() && to.height() == height && to.width() == width,
        "%s is %s but must be %dx%dx%dx%d: so many windows of %dx%d, stride %d, dilation %d,"
            + " padding %dx%d lie on %s (%s)",
        y.name(),
        to,
        from.batch(),
        to.channels(),
        height,
        width,
        g.kernelHeight(),
        g.kernelWidth(),
        g.stride(),
        g.dilation(),
        g.paddingHeight(),
        g.paddingWidth(),
        x.name(),
        from);
    return new Shape(
        to.channels(), g.kernelHeight(), g.kernelWidth(), from.channels() / g.groups());
  }

  private static long outputs(Tensor x, int input, int kernel, int padding, ConvGeometry g) {
    long reach = (long) g.dilation() * (kernel - 1) + 1;
    long padded = input + 2L * padding;
    Require.that(
        reach <= padded,
        "a kernel of %d with dilation %d reaches over %d positions, but %s (%s) has %d with its padding",
        kernel,
        g.dilation(),
        reach,
        x.name(),
        x.shape(),
        padded);
    return (padded - reach) / g.stride() + 1;
  }
}
