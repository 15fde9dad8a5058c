package dev.selkie.cuda;

/**
 * The natives of layers that stand alone, in the order of {@code kernels.h}; as in {@link Kernels}
 * a {@code long} is an address or a number of values.
 */
final class LayerNatives {
  private LayerNatives() {}

  // ---- squeeze-and-excitation that stands alone: its pass over memory ---------------------------

  static native void scaleForward(
      int type, long y, long x, long gate, int n, int p, int c, long stream);

  static native void scaleBackward(
      int type,
      long dx,
      long dy,
      long gate,
      long dSqueeze,
      long winners,
      int n,
      int p,
      int c,
      long stream);

  // ---- element by element -----------------------------------------------------------------------

  static native void reluForward(int type, long y, long x, long count, long stream);

  static native void reluBackward(int type, long dx, long dy, long y, long count, long stream);

  static native void sigmoidForward(int type, long y, long x, long count, long stream);

  static native void sigmoidBackward(int type, long dx, long dy, long y, long count, long stream);

  static native void addForward(int type, long y, long a, long b, long count, long stream);

  static native void times(int type, long y, long x, float factor, long count, long stream);

  static native void copy(int type, long y, long x, long count, long stream);

  static native void accumulate(int type, long y, long x, long count, long stream);

  static native void zero(long y, long bytes, long stream);

  static native void multiplyForward(
      int type, long y, long a, long b, boolean gate, int n, int p, int c, long stream);

  static native void multiplyBackward(
      int type,
      long da,
      long db,
      long dy,
      long a,
      long b,
      boolean gate,
      int n,
      int p,
      int c,
      long stream);

  // ---- channels moved, branches weighed ---------------------------------------------------------

  static native void concatForward(
      int type, long y, long x, int channel, long m, int c, int d, long stream);

  static native void concatBackward(
      int type, long dx, long dy, int channel, long m, int c, int d, long stream);

  static native void channelShuffle(
      int type, long y, long x, int groups, long m, int c, long stream);

  static native void channelSplitForward(
      int type, long y, long x, int channel, long m, int c, int d, long stream);

  static native void channelSplitBackward(
      int type,
      long dx,
      long dy,
      int channel,
      boolean accumulate,
      long m,
      int c,
      int d,
      long stream);

  static native void shakeShakeForward(
      int type, long y, long a, long b, long state, int layer, int n, long perSample, long stream);

  static native void shakeShakeBackward(
      int type,
      long da,
      long db,
      long dy,
      long state,
      int layer,
      int n,
      long perSample,
      long stream);

  static native void shakeShakeInference(int type, long y, long a, long b, long count, long stream);

  static native void dropoutForward(
      int type,
      long y,
      long mask,
      long x,
      long state,
      float rate,
      int layer,
      long count,
      long stream);

  static native void dropoutBackward(
      int type, long dx, long dy, long mask, float rate, long count, long stream);

  // ---- pooling: from h x w to p x q -------------------------------------------------------------

  static native void maxPoolForward(
      int type,
      long y,
      long winners,
      long x,
      int h,
      int w,
      int p,
      int q,
      int kernel,
      int stride,
      int padding,
      int n,
      int c,
      long stream);

  static native void maxPoolBackward(
      int type,
      long dx,
      long dy,
      long winners,
      int h,
      int w,
      int p,
      int q,
      int kernel,
      int stride,
      int padding,
      int n,
      int c,
      long stream);

  static native void averagePoolForward(
      int type,
      long y,
      long x,
      int h,
      int w,
      int p,
      int q,
      int kernel,
      int stride,
      int padding,
      boolean countPadding,
      int n,
      int c,
      long stream);

  static native void averagePoolBackward(
      int type,
      long dx,
      long dy,
      int h,
      int w,
      int p,
      int q,
      int kernel,
      int stride,
      int padding,
      boolean countPadding,
      int n,
      int c,
      long stream);

  static native void globalAveragePoolForward(
      int type, long y, long x, int n, int p, int c, long stream);

  static native void globalAveragePoolBackward(
      int type, long dx, long dy, int n, int p, int c, long stream);
}
