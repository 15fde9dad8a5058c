package dev.selkie.cpu;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions of many geometries against seven nested loops. */
class ConvolutionTest {

  record Case(int n, int h, int w, int in, int out, ConvGeometry g) {
    Shape result() {
      return new Shape(
          n,
          (h + 2 * g.paddingHeight() - g.dilation() * (g.kernelHeight() - 1) - 1) / g.stride() + 1,
          (w + 2 * g.paddingWidth() - g.dilation() * (g.kernelWidth() - 1) - 1) / g.stride() + 1,
          out);
    }
  }

  /** One product of the convolution: where x, y and the weight lie. */
  interface Tap {
    void at(int y, int x, int weight);
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(5, 8, 8, 16, 16, new ConvGeometry(3, 3, 1, 1, 1, 1, 1)),
        new Case(5, 8, 8, 32, 32, new ConvGeometry(3, 3, 1, 1, 1, 1, 1)),
        new Case(37, 4, 8, 64, 32, new ConvGeometry(3, 3, 1, 1, 1, 1, 1)),
        new Case(1, 16, 37, 32, 64, new ConvGeometry(3, 3, 1, 1, 1, 1, 1)),
        new Case(3, 9, 7, 3, 16, new ConvGeometry(3, 3, 1, 1, 1, 1, 1)),
        new Case(11, 32, 32, 16, 16, new ConvGeometry(1, 1, 1, 1, 0, 0, 1)),
        new Case(4, 9, 9, 16, 32, new ConvGeometry(3, 3, 2, 1, 1, 1, 1)),
        new Case(2, 8, 8, 16, 32, new ConvGeometry(1, 1, 2, 1, 0, 0, 1)),
        new Case(1, 5, 6, 5, 7, new ConvGeometry(3, 3, 1, 1, 1, 1, 1)),
        new Case(2, 11, 10, 12, 8, new ConvGeometry(3, 3, 1, 2, 2, 2, 4)),
        new Case(2, 10, 11, 8, 8, new ConvGeometry(3, 3, 2, 1, 1, 1, 8)),
        new Case(2, 9, 8, 6, 10, new ConvGeometry(1, 7, 1, 1, 0, 3, 1)),
        new Case(2, 23, 23, 3, 8, new ConvGeometry(7, 7, 2, 1, 3, 3, 1)),
        new Case(3, 7, 7, 64, 64, new ConvGeometry(1, 1, 1, 1, 0, 0, 1)));
  }

  private static void walk(Case c, Tap tap) {
    ConvGeometry g = c.g;
    Shape y = c.result();
    int in = c.in / g.groups();
    for (int n = 0; n < c.n; n++) {
      for (int i = 0; i < y.height(); i++) {
        for (int j = 0; j < y.width(); j++) {
          for (int o = 0; o < c.out; o++) {
            int group = o / (c.out / g.groups());
            for (int kh = 0; kh < g.kernelHeight(); kh++) {
              for (int kw = 0; kw < g.kernelWidth(); kw++) {
                int a = i * g.stride() - g.paddingHeight() + kh * g.dilation();
                int b = j * g.stride() - g.paddingWidth() + kw * g.dilation();
                if (a < 0 || a >= c.h || b < 0 || b >= c.w) {
                  continue;
                }
                for (int k = 0; k < in; k++) {
                  tap.at(
                      ((n * y.height() + i) * y.width() + j) * c.out + o,
                      ((n * c.h + a) * c.w + b) * c.in + group * in + k,
                      ((o * g.kernelHeight() + kh) * g.kernelWidth() + kw) * in + k);
                }
              }
            }
          }
        }
      }
    }
  }

  private static double[] forward(Arithmetic in, Case c, float[] x, float[] w, float[] bias) {
    double[] y = new double[(int) c.result().elements()];
    for (int i = 0; i < y.length && bias != null; i++) {
      y[i] = bias[i % c.out];
    }
    walk(c, (p, q, r) -> y[p] = in.add(y[p], x[q], w[r]));
    return y;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void forward(Case c) {
    try (Bench bench = new Bench(2)) {
      Tensor x = bench.tensor(c.n, c.h, c.w, c.in);
      Parameter w = weight(bench, c);
      Parameter b = bench.vector(c.out);
      Shape s = c.result();
      Tensor y = bench.output(c.n, s.height(), s.width(), c.out);
      float[] xs = Bench.read(x);
      float[] ws = Bench.read(w.value());
      bench.ops.convolutionForward(y, x, w, c.g);
      Bench.verify("y", y, in -> forward(in, c, xs, ws, null));
      bench.ops.convolutionBiasForward(y, x, w, b, c.g);
      Bench.verify("y + bias", y, in -> forward(in, c, xs, ws, Bench.read(b.value())));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inference(Case c) {
    try (Bench bench = new Bench(2)) {
      Tensor x = bench.tensor(c.n, c.h, c.w, c.in);
      Tensor w = weight(bench, c).value();
      Tensor b = bench.vector(c.out).value();
      Shape s = c.result();
      Tensor y = bench.output(c.n, s.height(), s.width(), c.out);
      Tensor r = bench.tensor(c.n, s.height(), s.width(), c.out);
      float[] rs = Bench.read(r);
      for (Activation activation : Activation.values()) {
        bench.ops.convolutionInference(y, x, w, b, activation, c.g);
        Bench.verify("y", y, in -> inference(in, c, x, w, b, null, activation));
        bench.ops.convolutionAddInference(y, x, w, b, r, activation, c.g);
        Bench.verify("y + r", y, in -> inference(in, c, x, w, b, rs, activation));
      }
    }
  }

  private static double[] inference(
      Arithmetic in, Case c, Tensor x, Tensor w, Tensor b, float[] residual, Activation f) {
    double[] y = forward(in, c, Bench.read(x), Bench.read(w), Bench.read(b));
    for (int i = 0; i < y.length; i++) {
      double v = residual == null ? y[i] : in.add(y[i], residual[i]);
      y[i] =
          switch (f) {
            case NONE -> v;
            case RELU -> Math.max(0, v);
            case SIGMOID -> in.round(1 / in.round(1 + in.round(Math.exp(-v))));
          };
    }
    return y;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void backwardData(Case c) {
    try (Bench bench = new Bench(2)) {
      Shape s = c.result();
      Tensor dy = bench.tensor(c.n, s.height(), s.width(), c.out);
      Parameter w = weight(bench, c);
      Tensor dx = bench.output(c.n, c.h, c.w, c.in);
      float[] dys = Bench.read(dy);
      float[] ws = Bench.read(w.value());
      bench.ops.convolutionBackwardData(dx, dy, w, c.g);
      Bench.verify("dx", dx, in -> backwardData(in, c, dys, ws, null));
      Tensor sum = bench.tensor(c.n, c.h, c.w, c.in);
      float[] before = Bench.read(sum);
      bench.ops.convolutionBackwardDataAccumulate(sum, dy, w, c.g);
      Bench.verify("dx +=", sum, in -> backwardData(in, c, dys, ws, before));
    }
  }

  private static double[] backwardData(Arithmetic in, Case c, float[] dy, float[] w, float[] sum) {
    double[] dx = new double[c.n * c.h * c.w * c.in];
    walk(c, (p, q, r) -> dx[q] = in.add(dx[q], dy[p], w[r]));
    for (int i = 0; i < dx.length && sum != null; i++) {
      dx[i] = in.add(dx[i], sum[i]);
    }
    return dx;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void backwardWeights(Case c) {
    try (Bench bench = new Bench(2)) {
      Shape s = c.result();
      Tensor x = bench.tensor(c.n, c.h, c.w, c.in);
      Tensor dy = bench.tensor(c.n, s.height(), s.width(), c.out);
      Parameter w = weight(bench, c);
      float[] xs = Bench.read(x);
      float[] dys = Bench.read(dy);
      float[] before = Bench.read(w.gradient());
      bench.ops.convolutionBackwardWeights(w, x, dy, c.g);
      Bench.verify("dw +=", w.gradient(), in -> backwardWeights(in, c, xs, dys, before));
      Parameter b = bench.vector(c.out);
      float[] dbias = Bench.read(b.gradient());
      bench.ops.biasBackward(b, dy);
      Bench.verify("db +=", b.gradient(), in -> backwardBias(in, dys, dbias));
    }
  }

  private static double[] backwardWeights(
      Arithmetic in, Case c, float[] x, float[] dy, float[] before) {
    double[] dw = new double[before.length];
    walk(c, (p, q, r) -> dw[r] = in.add(dw[r], dy[p], x[q]));
    for (int i = 0; i < dw.length; i++) {
      dw[i] = in.add(dw[i], before[i]);
    }
    return dw;
  }

  private static double[] backwardBias(Arithmetic in, float[] dy, float[] before) {
    double[] db = new double[before.length];
    for (int i = 0; i < dy.length; i++) {
      db[i % db.length] = in.add(db[i % db.length], dy[i]);
    }
    for (int i = 0; i < db.length; i++) {
      db[i] = in.add(db[i], before[i]);
    }
    return db;
  }

  private static Parameter weight(Bench bench, Case c) {
    return bench.parameter(c.out, c.g.kernelHeight(), c.g.kernelWidth(), c.in / c.g.groups());
  }
}
