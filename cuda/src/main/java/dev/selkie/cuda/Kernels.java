package dev.selkie.cuda;

/**
 * The natives, in the order of {@code kernels.h}, which says what each computes.
 *
 * <p>A {@code long} is an address on the device, 0 for null where that is allowed; {@code type} the
 * {@link KernelType#code} of activations; N samples, P positions, C channels; the last argument is
 * the stream. A bad argument throws an IllegalArgumentException that names it, before anything is
 * launched.
 */
final class Kernels {
  private Kernels() {}

  /**
   * The oldest GPU that the library has code for, such as 90 for compute capability 9.0; every
   * newer one compiles that code for itself. 0 for the host twin.
   */
  static native int lowestArchitecture();

  // ---- batch norm, with what is merged into its passes ------------------------------------------

  static native void batchNormMoments(
      int type, long moments, long x, int n, int p, int c, long stream);

  static native void batchNormStatistics(
      long statistics,
      long runningMean,
      long runningVariance,
      long moments,
      long scale,
      long shift,
      long residualStatistics,
      long residualRunningMean,
      long residualRunningVariance,
      long residualMoments,
      long residualScale,
      long residualShift,
      long squeeze,
      long hidden,
      long gate,
      long weight1,
      long bias1,
      long weight2,
      long bias2,
      int hiddenUnits,
      int gateKind,
      int n,
      int p,
      int c,
      long stream);

  static native void batchNormForward(
      int type,
      long out,
      long mask,
      long x,
      long residual,
      long statistics,
      long residualStatistics,
      long gate,
      int n,
      int p,
      int c,
      long stream);

  static native void batchNormBackwardSums(
      int type,
      long sums,
      long residualSums,
      long dOut,
      long mask,
      long x,
      long residual,
      int n,
      int p,
      int c,
      long stream);

  static native void batchNormBackwardStatistics(
      long dScale,
      long dShift,
      long coefficients,
      long sums,
      long statistics,
      long moments,
      long residualDScale,
      long residualDShift,
      long residualCoefficients,
      long residualSums,
      long residualStatistics,
      long residualMoments,
      long dWeight1,
      long dBias1,
      long dWeight2,
      long dBias2,
      long dSqueeze,
      long dGate,
      long dHidden,
      long squeeze,
      long hidden,
      long gate,
      long weight1,
      long weight2,
      int hiddenUnits,
      int gateKind,
      int n,
      int p,
      int c,
      long stream);

  static native void batchNormBackward(
      int type,
      long dx,
      long dResidual,
      long dOut,
      long mask,
      long x,
      long residual,
      long statistics,
      long coefficients,
      long residualStatistics,
      long residualCoefficients,
      long gate,
      long dSqueeze,
      int n,
      int p,
      int c,
      long stream);

  // ---- squeeze-and-excitation where it stands alone ---------------------------------------------

  static native void exciteForward(
      int type,
      long squeeze,
      long hidden,
      long gate,
      long winners,
      long x,
      long weight1,
      long bias1,
      long weight2,
      long bias2,
      int hiddenUnits,
      int gateKind,
      int n,
      int p,
      int c,
      long stream);

  static native void exciteBackward(
      int type,
      long dWeight1,
      long dBias1,
      long dWeight2,
      long dBias2,
      long dSqueeze,
      long dGate,
      long dHidden,
      long dy,
      long x,
      long squeeze,
      long hidden,
      long gate,
      long weight1,
      long weight2,
      int hiddenUnits,
      int gateKind,
      int n,
      int p,
      int c,
      long stream);

  // ---- grouped 3x3 convolution ------------------------------------------------------------------

  static native boolean groupedConvolutionSupports(
      int in,
      int out,
      int groups,
      int kernelHeight,
      int kernelWidth,
      int stride,
      int dilation,
      int paddingHeight,
      int paddingWidth);

  /** Floats of scratch memory that a forward pass with moments needs; 0 if it needs none. */
  static native long groupedConvolutionMomentsScratch(
      int branches, int n, int h, int w, int c, int group, int stride);

  /** Floats of scratch memory that a gradient of weights needs. */
  static native long groupedConvolutionWeightsScratch(
      int n, int h, int w, int c, int group, int stride);

  /** A branch whose y is 0 is not there. */
  static native void groupedConvolutionForward(
      int type,
      long y,
      long moments,
      long weight,
      int dilation,
      long y2,
      long moments2,
      long weight2,
      int dilation2,
      long y3,
      long moments3,
      long weight3,
      int dilation3,
      long x,
      long scratch,
      int n,
      int h,
      int w,
      int c,
      int group,
      int stride,
      long stream);

  /** A branch whose dy is 0 is not there. */
  static native void groupedConvolutionBackwardData(
      int type,
      long dx,
      boolean accumulate,
      long dy,
      long weight,
      int dilation,
      long dy2,
      long weight2,
      int dilation2,
      long dy3,
      long weight3,
      int dilation3,
      int n,
      int h,
      int w,
      int c,
      int group,
      int stride,
      long stream);

  static native void groupedConvolutionBackwardWeights(
      int type,
      long dWeight,
      long x,
      long dy,
      long scratch,
      int dilation,
      int n,
      int h,
      int w,
      int c,
      int group,
      int stride,
      long stream);
}
