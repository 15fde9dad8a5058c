package dev.selkie.cpu;

/**
 * The transforms of F(4, 3) at the points 0, 1, -1, 1/2, -2 and infinity, row by row. See {@link
 * Winograd}.
 */
final class WinogradKernels {
  private WinogradKernels() {}

  /** Rows 1 and 2 of B^T d. */
  static void inputOnes(
      float[] v1, float[] v2, float[] d1, float[] d2, float[] d3, float[] d4, int n) {
    for (int i = 0; i < n; i++) {
      float even = d4[i] + 1.5f * d3[i] - d2[i];
      float odd = d3[i] + 1.5f * d2[i] - d1[i];
      v1[i] = even + odd;
      v2[i] = even - odd;
    }
  }

  /** Rows 3 and 4 of B^T d. */
  static void inputTwos(
      float[] v3, float[] v4, float[] d1, float[] d2, float[] d3, float[] d4, int n) {
    for (int i = 0; i < n; i++) {
      float even = d4[i] - d2[i];
      float odd = d3[i] - d1[i];
      v3[i] = even + 2f * odd;
      v4[i] = even - 0.5f * odd;
    }
  }

  /** Row 0 of B^T d. */
  static void inputFirst(
      float[] v, float[] d0, float[] d1, float[] d2, float[] d3, float[] d4, int n) {
    for (int i = 0; i < n; i++) {
      v[i] = d0[i] + d4[i] + 1.5f * (d3[i] - d1[i]) - 2f * d2[i];
    }
  }

  /** Row 5 of B^T d. */
  static void inputLast(
      float[] v, float[] d1, float[] d2, float[] d3, float[] d4, float[] d5, int n) {
    for (int i = 0; i < n; i++) {
      v[i] = d1[i] + d5[i] + 1.5f * (d4[i] - d2[i]) - 2f * d3[i];
    }
  }

  /** Rows 0 and 2 of A^T m. */
  static void outputEven(
      float[] y0, float[] y2, float[] m0, float[] m1, float[] m2, float[] m3, float[] m4, int n) {
    for (int i = 0; i < n; i++) {
      float ones = m1[i] + m2[i];
      y0[i] = m0[i] + ones + m3[i] + m4[i];
      y2[i] = ones + 0.25f * m3[i] + 4f * m4[i];
    }
  }

  /** Row 1 of A^T m; HotSpot does not vectorise it together with row 3. */
  static void outputOne(float[] y1, float[] m1, float[] m2, float[] m3, float[] m4, int n) {
    for (int i = 0; i < n; i++) {
      y1[i] = m1[i] - m2[i] + 0.5f * m3[i] - 2f * m4[i];
    }
  }

  /** Row 3 of A^T m. */
  static void outputThree(
      float[] y3, float[] m1, float[] m2, float[] m3, float[] m4, float[] m5, int n) {
    for (int i = 0; i < n; i++) {
      y3[i] = m1[i] - m2[i] + 0.125f * m3[i] - 8f * m4[i] + m5[i];
    }
  }

  /** Rows 1 and 2 of A y; rows 0 and 5 are y0 and y3. */
  static void spreadOnes(
      float[] z1, float[] z2, float[] y0, float[] y1, float[] y2, float[] y3, int n) {
    for (int i = 0; i < n; i++) {
      float even = y0[i] + y2[i];
      float odd = y1[i] + y3[i];
      z1[i] = even + odd;
      z2[i] = even - odd;
    }
  }

  /** Rows 3 and 4 of A y. */
  static void spreadTwos(
      float[] z3, float[] z4, float[] y0, float[] y1, float[] y2, float[] y3, int n) {
    for (int i = 0; i < n; i++) {
      z3[i] = y0[i] + 0.5f * y1[i] + 0.25f * y2[i] + 0.125f * y3[i];
      z4[i] = y0[i] - 2f * y1[i] + 4f * y2[i] - 8f * y3[i];
    }
  }

  /** Rows 1 to 4 of G w; rows 0 and 5 are w0 and w2. */
  static void weights(
      float[] u1, float[] u2, float[] u3, float[] u4, float[] w0, float[] w1, float[] w2, int n) {
    for (int i = 0; i < n; i++) {
      float even = w0[i] + w2[i];
      u1[i] = (even + w1[i]) * (1f / 3);
      u2[i] = (w1[i] - even) * (1f / 3);
      u3[i] = (4f * w0[i] + 2f * w1[i] + w2[i]) * (-4f / 15);
      u4[i] = (w0[i] - 2f * w1[i] + 4f * w2[i]) * (1f / 15);
    }
  }

  /** Adds row 0 of G^T u. */
  static void gradientFirst(
      float[] w, float[] u0, float[] u1, float[] u2, float[] u3, float[] u4, int n) {
    for (int i = 0; i < n; i++) {
      w[i] += u0[i] + (1f / 3) * (u1[i] - u2[i]) - (16f / 15) * u3[i] + (1f / 15) * u4[i];
    }
  }

  /** Adds row 1 of G^T u. */
  static void gradientMiddle(float[] w, float[] u1, float[] u2, float[] u3, float[] u4, int n) {
    for (int i = 0; i < n; i++) {
      w[i] += (1f / 3) * (u1[i] + u2[i]) - (8f / 15) * u3[i] - (2f / 15) * u4[i];
    }
  }

  /** Adds row 2 of G^T u. */
  static void gradientLast(
      float[] w, float[] u1, float[] u2, float[] u3, float[] u4, float[] u5, int n) {
    for (int i = 0; i < n; i++) {
      w[i] += u5[i] + (1f / 3) * (u1[i] - u2[i]) - (4f / 15) * u3[i] + (4f / 15) * u4[i];
    }
  }
}
