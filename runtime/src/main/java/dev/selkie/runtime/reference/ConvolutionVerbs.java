package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.stream.IntStream;

/**
 * Cross-correlation, as all frameworks have it: y(n, p, q, o) is the sum over taps (i, j) and the
 * channels c of o's group of w(o, i, j, c) x(n, p stride + i dilation - padding, ..., c).
 *
 * <p>It is linear in w and in x, so its gradients visit the same triples (y, w, x).
 */
interface ConvolutionVerbs extends Verbs {
  /** Where one product w x of the sum lies: flat indices into y, w and x. */
  interface Product {
    void at(int y, int w, int x);
  }

  @Override
  default void convolutionForward(Tensor y, Tensor x, Parameter weight, ConvGeometry geometry) {
    convolve(ref(y), ref(x), ref(weight.value()), geometry);
  }

  @Override
  default void convolutionBiasForward(
      Tensor y, Tensor x, Parameter weight, Parameter bias, ConvGeometry geometry) {
    convolutionForward(y, x, weight, geometry);
    for (int i = 0; i < ref(y).size(); i++) {
      ref(y).add(i, ref(bias.value()).get(ref(y).channel(i)));
    }
  }

  @Override
  default void convolutionBackwardData(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    backwardData(new double[ref(dx).size()], dx, dy, weight, geometry);
  }

  @Override
  default void convolutionBackwardDataAccumulate(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    backwardData(ref(dx).toArray(), dx, dy, weight, geometry);
  }

  private void backwardData(
      double[] sums, Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    double[] w = factors(ref(weight.value()));
    double[] g = factors(ref(dy));
    productsBySample(
        dy.shape(),
        weight.value().shape(),
        dx.shape(),
        geometry,
        (yi, wi, xi) -> sums[xi] = round(sums[xi] + round(w[wi] * g[yi])));
    ref(dx).write(sums);
  }

  /** The sum is stored in the type of activations before it is added, as libraries do. */
  @Override
  default void convolutionBackwardWeights(
      Parameter weight, Tensor x, Tensor dy, ConvGeometry geometry) {
    ReferenceTensor dw = ref(weight.gradient());
    double[] sums = new double[dw.size()];
    double[] v = factors(ref(x));
    double[] g = factors(ref(dy));
    productsByChannel(
        dy.shape(),
        dw.shape(),
        x.shape(),
        geometry,
        (yi, wi, xi) -> sums[wi] = round(sums[wi] + round(v[xi] * g[yi])));
    for (int i = 0; i < sums.length; i++) {
      dw.add(i, arithmetic().store(sums[i], dy.element()));
    }
  }

  @Override
  default void biasBackward(Parameter bias, Tensor dy) {
    for (int i = 0; i < ref(dy).size(); i++) {
      ref(bias.gradient()).add(ref(dy).channel(i), ref(dy).get(i));
    }
  }

  /** y = weight * x. */
  default void convolve(
      ReferenceTensor y, ReferenceTensor x, ReferenceTensor weight, ConvGeometry geometry) {
    double[] sums = new double[y.size()];
    double[] w = factors(weight);
    double[] v = factors(x);
    productsBySample(
        y.shape(),
        weight.shape(),
        x.shape(),
        geometry,
        (yi, wi, xi) -> sums[yi] = round(sums[yi] + round(w[wi] * v[xi])));
    y.write(sums);
  }

  /** Sums of different samples share nothing, so they are made at once, each in its own order. */
  private static void productsBySample(
      Shape y, Shape w, Shape x, ConvGeometry geometry, Product product) {
    IntStream.range(0, y.batch())
        .parallel()
        .forEach(n -> products(y, w, x, geometry, n, n + 1, 0, y.channels(), product));
  }

  /** Nor do weights of different output channels. */
  private static void productsByChannel(
      Shape y, Shape w, Shape x, ConvGeometry geometry, Product product) {
    IntStream.range(0, y.channels())
        .parallel()
        .forEach(o -> products(y, w, x, geometry, 0, y.batch(), o, o + 1, product));
  }

  private static void products(
      Shape y,
      Shape w,
      Shape x,
      ConvGeometry geometry,
      int firstSample,
      int endSample,
      int firstChannel,
      int endChannel,
      Product product) {
    int group = y.channels() / geometry.groups();
    for (int n = firstSample; n < endSample; n++) {
      for (int p = 0; p < y.height(); p++) {
        for (int q = 0; q < y.width(); q++) {
          for (int o = firstChannel; o < endChannel; o++) {
            int yi = flat(y, n, p, q, o);
            for (int i = 0; i < w.height(); i++) {
              int h = p * geometry.stride() + i * geometry.dilation() - geometry.paddingHeight();
              for (int j = 0; j < w.width(); j++) {
                int v = q * geometry.stride() + j * geometry.dilation() - geometry.paddingWidth();
                if (h < 0 || h >= x.height() || v < 0 || v >= x.width()) {
                  continue;
                }
                for (int c = 0; c < w.channels(); c++) {
                  int xc = o / group * w.channels() + c;
                  product.at(yi, flat(w, o, i, j, c), flat(x, n, h, v, xc));
                }
              }
            }
          }
        }
      }
    }
  }

  private static int flat(Shape shape, int n, int h, int w, int c) {
    return ((n * shape.height() + h) * shape.width() + w) * shape.channels() + c;
  }
}
