package dev.selkie.cuda;

/**
 * The natives of selective kernels, in the order of {@code kernels.h} and in the manner of {@link
 * Kernels}. An array has one address for each branch; none of them is null.
 */
final class SelectNatives {
  private SelectNatives() {}

  static native void selectStatistics(
      long[] statistics,
      long[] runningMeans,
      long[] runningVariances,
      long[] moments,
      long[] scales,
      long[] shifts,
      int n,
      int p,
      int c,
      long stream);

  static native void selectSqueeze(
      int type, long counts, long[] xs, long[] statistics, int n, int p, int c, long stream);

  static native void selectFuse(
      long squeeze,
      long linear,
      long hiddenStatistics,
      long runningMean,
      long runningVariance,
      long hidden,
      long weights,
      long counts,
      long[] statistics,
      long squeezeWeight,
      long scale,
      long shift,
      long selectWeight,
      int hiddenUnits,
      int n,
      int p,
      int c,
      long stream);

  static native void selectForward(
      int type,
      long out,
      long[] xs,
      long[] statistics,
      long weights,
      int n,
      int p,
      int c,
      long stream);

  static native void selectBackwardSums(
      int type,
      long sums,
      long dOut,
      long[] xs,
      long[] statistics,
      int n,
      int p,
      int c,
      long stream);

  static native void selectBackwardStatistics(
      long dSqueezeWeight,
      long dScale,
      long dShift,
      long dSelectWeight,
      long dSqueeze,
      long dLogits,
      long dHidden,
      long[] dScales,
      long[] dShifts,
      long[] coefficients,
      long sums,
      long counts,
      long[] statistics,
      long squeeze,
      long linear,
      long hiddenStatistics,
      long hidden,
      long weights,
      long squeezeWeight,
      long selectWeight,
      int hiddenUnits,
      int n,
      int p,
      int c,
      long stream);

  static native void selectBackward(
      int type,
      long[] dxs,
      long dOut,
      long[] xs,
      long[] statistics,
      long[] coefficients,
      long weights,
      long dSqueeze,
      int n,
      int p,
      int c,
      long stream);

  static native void selectFuseInference(
      int type,
      long squeeze,
      long linear,
      long hidden,
      long weights,
      long[] xs,
      long runningMean,
      long runningVariance,
      long squeezeWeight,
      long scale,
      long shift,
      long selectWeight,
      int hiddenUnits,
      int n,
      int p,
      int c,
      long stream);

  static native void selectInference(
      int type, long out, long[] xs, long weights, int n, int p, int c, long stream);
}
