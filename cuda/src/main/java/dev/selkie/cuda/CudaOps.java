package dev.selkie.cuda;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Tensor;

/**
 * Every verb on the GPU: our kernels, and cuDNN and cuBLAS for what is theirs. A grouped
 * convolution goes to our kernels where they have one, since libraries are slow at it.
 */
final class CudaOps implements KernelOps, LibraryVerbs {
  private final Driver driver;
  private final Convolutions convolutions;
  private final Products products;
  private final Scratch scratch;
  private final Copies copies;
  private final long state;
  private final Precision precision;
  private boolean recording;

  /**
   * @param state room for {@code struct StepState}
   */
  CudaOps(
      Driver driver,
      Convolutions convolutions,
      Scratch scratch,
      Copies copies,
      long state,
      Precision precision) {
    this.driver = driver;
    this.convolutions = convolutions;
    this.products = new Products(precision);
    this.scratch = scratch;
    this.copies = copies;
    this.state = state;
    this.precision = precision;
  }

  @Override
  public Driver driver() {
    return driver;
  }

  @Override
  public Convolutions convolutions() {
    return convolutions;
  }

  @Override
  public Products products() {
    return products;
  }

  @Override
  public long copy(long weight) {
    return copies.of(weight);
  }

  /** While a graph is recorded, what differs from step to step may not become part of it. */
  void recording(boolean present) {
    recording = present;
  }

  @Override
  public void seed(long seed) {
    requireNoRecording("seed");
    KernelOps.super.seed(seed);
  }

  @Override
  public void learningRate(float rate, long step) {
    requireNoRecording("learningRate");
    KernelOps.super.learningRate(rate, step);
  }

  private void requireNoRecording(String verb) {
    if (recording) {
      throw new IllegalStateException(
          "%s belongs before what is recorded: a replay would repeat this step's".formatted(verb));
    }
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public long stream() {
    return driver.stream();
  }

  @Override
  public long scratch(long bytes) {
    return scratch.atLeast(bytes);
  }

  @Override
  public long state() {
    return state;
  }

  // ---- convolutions: ours or the library's ------------------------------------------------------

  @Override
  public void convolutionForward(Tensor y, Tensor x, Parameter weight, ConvGeometry geometry) {
    if (GroupedConvolutionKernels.hasKernel(weight, geometry)) {
      KernelOps.super.convolutionForward(y, x, weight, geometry);
    } else {
      LibraryVerbs.super.convolutionForward(y, x, weight, geometry);
    }
  }

  @Override
  public void convolutionBackwardData(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    if (GroupedConvolutionKernels.hasKernel(weight, geometry)) {
      KernelOps.super.convolutionBackwardData(dx, dy, weight, geometry);
    } else {
      LibraryVerbs.super.convolutionBackwardData(dx, dy, weight, geometry);
    }
  }

  @Override
  public void convolutionBackwardDataAccumulate(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    if (GroupedConvolutionKernels.hasKernel(weight, geometry)) {
      KernelOps.super.convolutionBackwardDataAccumulate(dx, dy, weight, geometry);
    } else {
      LibraryVerbs.super.convolutionBackwardDataAccumulate(dx, dy, weight, geometry);
    }
  }

  @Override
  public void convolutionBackwardWeights(
      Parameter weight, Tensor x, Tensor dy, ConvGeometry geometry) {
    if (GroupedConvolutionKernels.hasKernel(weight, geometry)) {
      KernelOps.super.convolutionBackwardWeights(weight, x, dy, geometry);
    } else {
      LibraryVerbs.super.convolutionBackwardWeights(weight, x, dy, geometry);
    }
  }
}
