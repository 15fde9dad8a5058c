package dev.selkie.cuda;

/**
 * The natives of what surrounds the layers of a step: loss, inference, optimisers, the step's state
 * and its input, in the order of {@code kernels.h}; as in {@link Kernels} a {@code long} is an
 * address or a number of values.
 */
final class StepNatives {
  /** Bytes of {@code struct StepState}. */
  static final int STATE_BYTES = 40;

  /** Where in it the loss scale stands. */
  static final int STATE_LOSS_SCALE = 12;

  /** Where in it the number of skipped steps stands, a whole number of 32 bits. */
  static final int STATE_SKIPPED = 32;

  private StepNatives() {}

  /** Floats of scratch that {@link #biasBackward} wants; never negative. */
  static native long biasBackwardScratch(long m, int c);

  // ---- biases and the loss ----------------------------------------------------------------------

  static native void biasBackward(
      int type, long dBias, long scratch, long dy, long m, int c, long stream);

  static native void softmaxCrossEntropy(
      int type,
      long loss,
      long dLogits,
      long logits,
      long labels,
      long state,
      float smoothing,
      int n,
      int k,
      long stream);

  // ---- inference --------------------------------------------------------------------------------

  static native void foldBatchNorm(
      long folded,
      int copyType,
      long copy,
      long foldedBias,
      long weight,
      long bias,
      long scale,
      long shift,
      long mean,
      long variance,
      int k,
      int e,
      long stream);

  static native void batchNormInference(
      int type,
      long y,
      long x,
      long residual,
      long scale,
      long shift,
      long mean,
      long variance,
      int activation,
      int n,
      int p,
      int c,
      long stream);

  static native void scaleInference(
      int type,
      long y,
      long x,
      long residual,
      long gate,
      int activation,
      int n,
      int p,
      int c,
      long stream);

  static native void biasInference(
      int type,
      long y,
      long x,
      long residual,
      long bias,
      int activation,
      int n,
      int p,
      int c,
      long stream);

  // ---- the optimiser and its state --------------------------------------------------------------

  static native void sgd(
      long w,
      long velocity,
      int copyType,
      long copy,
      long gradient,
      long state,
      float momentum,
      float decay,
      boolean nesterov,
      long count,
      long stream);

  static native void adamW(
      long w,
      long mean,
      long square,
      int copyType,
      long copy,
      long gradient,
      long state,
      float beta1,
      float beta2,
      float epsilon,
      float decay,
      long count,
      long stream);

  static native void stepStart(long state, float lossScale, long stream);

  static native void stepSeed(long state, long seed, long stream);

  static native void stepRate(long state, float rate, long step, long stream);

  static native void findOverflow(long state, long gradient, long count, long stream);

  static native void stepEnd(long state, int interval, long stream);

  // ---- input and types --------------------------------------------------------------------------

  static native void resizeChannels(
      int toType,
      long y,
      int fromType,
      long x,
      boolean accumulate,
      long m,
      int c,
      int d,
      long stream);

  static native void convert(int toType, long y, int fromType, long x, long count, long stream);
}
