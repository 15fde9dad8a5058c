package dev.selkie.cpu;

/** y = f(a, b), value by value, over tensors as flat vectors. */
final class Elementwise implements Lanes.Work {

  /** What is done to a tile; a and b are one array where the operands are one tensor. */
  interface Kernel {
    void apply(float[] y, float[] a, float[] b, int n);
  }

  private final Lanes lanes;
  private Kernel kernel;
  private CpuTensor y;
  private CpuTensor a;
  private CpuTensor b;
  private float factor;
  private final Kernel scaling = this::scale;

  Elementwise(Lanes lanes) {
    this.lanes = lanes;
  }

  /** y may be a or b, and a may be b. */
  void run(Kernel function, CpuTensor output, CpuTensor first, CpuTensor second) {
    kernel = function;
    y = output;
    a = first;
    b = second;
    lanes.run(this, (output.count() - 1) / Channels.TILE + 1);
  }

  /** y = factor x; y may be x. */
  void times(CpuTensor output, CpuTensor input, float number) {
    factor = number;
    run(scaling, output, input);
  }

  private void scale(float[] values, float[] from, float[] unused, int n) {
    for (int i = 0; i < n; i++) {
      values[i] = factor * from[i];
    }
  }

  void run(Kernel function, CpuTensor output, CpuTensor input) {
    run(function, output, input, input);
  }

  @Override
  public void run(Lane lane, int from, int to) {
    float[] first = lane.tile(0, Channels.TILE);
    float[] second = b == a ? first : lane.tile(1, Channels.TILE);
    float[] result = lane.tile(2, Channels.TILE);
    for (int tile = from; tile < to; tile++) {
      int start = tile * Channels.TILE;
      int count = Math.min(Channels.TILE, y.count() - start);
      a.floats.get(start, first, 0, count);
      if (b != a) {
        b.floats.get(start, second, 0, count);
      }
      kernel.apply(result, first, second, count);
      y.floats.put(start, result, 0, count);
    }
  }

  static void copy(float[] y, float[] a, float[] unused, int n) {
    System.arraycopy(a, 0, y, 0, n);
  }

  static void relu(float[] y, float[] a, float[] unused, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.max(0f, a[i]);
    }
  }

  /** In double: a float exponential would lose a digit. */
  static void sigmoid(float[] y, float[] a, float[] unused, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = (float) (1 / (1 + Math.exp(-a[i])));
    }
  }

  static void sigmoidGradient(float[] dx, float[] dy, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      dx[i] = dy[i] * y[i] * (1 - y[i]);
    }
  }

  static void add(float[] y, float[] a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = a[i] + b[i];
    }
  }

  static void mean(float[] y, float[] a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = (a[i] + b[i]) / 2;
    }
  }

  static void multiply(float[] y, float[] a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = a[i] * b[i];
    }
  }
}
