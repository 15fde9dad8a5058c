package dev.selkie.cpu;

/**
 * Inner loops over tiles. Each is a method of its own, without branches and with one index, which
 * is what HotSpot vectorises.
 */
final class Kernels {
  private Kernels() {}

  /** y += x. */
  static void accumulate(float[] y, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += x[i];
    }
  }

  /** sum += x - shift, squares += (x - shift)^2. */
  static void moments(float[] sum, float[] squares, float[] x, float[] shift, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[i] - shift[i];
      sum[i] += v;
      squares[i] += v * v;
    }
  }

  /** y = max(floor, a x + b). */
  static void affine(float[] y, float[] x, float[] a, float[] b, float floor, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.max(floor, a[i] * x[i] + b[i]);
    }
  }

  /** y = max(floor, a x + b + r). */
  static void affineAdd(float[] y, float[] x, float[] a, float[] b, float[] r, float floor, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.max(floor, a[i] * x[i] + b[i] + r[i]);
    }
  }

  /** y = a x. */
  static void scale(float[] y, float[] x, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = a[i] * x[i];
    }
  }

  /** y = a g + b x + k. */
  static void gradient(float[] y, float[] g, float[] x, float[] a, float[] b, float[] k, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = a[i] * g[i] + b[i] * x[i] + k[i];
    }
  }

  /**
   * g = d where out > 0, for out >= 0: the factor is exactly 0 or 1, as the smallest float is
   * 2^-149.
   */
  static void mask(float[] g, float[] d, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      g[i] = d[i] * Math.min(1f, out[i] * 0x1p100f * 0x1p49f);
    }
  }

  /** As {@link #mask} with out = max(0, a x + b), rounded as {@link #affine} rounds it. */
  static void maskLine(float[] g, float[] d, float[] x, float[] a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      g[i] = d[i] * Math.min(1f, Math.max(0f, a[i] * x[i] + b[i]) * 0x1p100f * 0x1p49f);
    }
  }

  /** sum += g. */
  static void sum(float[] sum, float[] g, int n) {
    accumulate(sum, g, n);
  }

  /** products += g x. */
  static void products(float[] products, float[] g, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      products[i] += g[i] * x[i];
    }
  }

  /** sum += g, products += g x. */
  static void sums(float[] sum, float[] products, float[] g, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] += g[i];
      products[i] += g[i] * x[i];
    }
  }

  // ---- selective kernels: a ReLU's mask is min(1, max(0, a x + b) 2^149), as above -------------

  /** count += mask, sum += mask x. */
  static void counts(float[] count, float[] sum, float[] x, float[] a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      float mask = Math.min(1f, Math.max(0f, a[i] * x[i] + b[i]) * 0x1p100f * 0x1p49f);
      count[i] += mask;
      sum[i] += mask * x[i];
    }
  }

  /** sum += mask g, products += mask g x. */
  static void maskedSums(
      float[] sum, float[] products, float[] g, float[] x, float[] a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      float mask = Math.min(1f, Math.max(0f, a[i] * x[i] + b[i]) * 0x1p100f * 0x1p49f);
      float passed = mask * g[i];
      sum[i] += passed;
      products[i] += passed * x[i];
    }
  }

  /** y += max(floor, a x + b). */
  static void affineAccumulate(float[] y, float[] x, float[] a, float[] b, float floor, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += Math.max(floor, a[i] * x[i] + b[i]);
    }
  }

  /** keep = mask. */
  static void passes(float[] keep, float[] x, float[] a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      keep[i] = Math.min(1f, Math.max(0f, a[i] * x[i] + b[i]) * 0x1p100f * 0x1p49f);
    }
  }

  /** keep = keep (w g + s). */
  static void reached(float[] keep, float[] g, float[] w, float[] s, int n) {
    for (int i = 0; i < n; i++) {
      keep[i] *= w[i] * g[i] + s[i];
    }
  }

  /** y = u + b x + k. */
  static void gradient(float[] y, float[] u, float[] x, float[] b, float[] k, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = u[i] + b[i] * x[i] + k[i];
    }
  }
}
