package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

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
    ref(y).fill(0);
    convolve(ref(y), ref(x), ref(weight.value()), geometry);
  }

  @Override
  default void convolutionBiasForward(
      Tensor y, Tensor x, Parameter weight, Parameter bias, ConvGeometry geometry) {
    convolutionForward(y, x, weight, geometry);
    addBias(ref(y), ref(bias.value()));
  }

  @Override
  default void convolutionBackwardData(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    ref(dx).fill(0);
    convolutionBackwardDataAccumulate(dx, dy, weight, geometry);
  }

  @Override
  default void convolutionBackwardDataAccumulate(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    ReferenceTensor w = ref(weight.value());
    forEachProduct(
        dy.shape(),
        w.shape(),
        dx.shape(),
        geometry,
        (yi, wi, xi) -> ref(dx).add(xi, round(w.get(wi) * ref(dy).get(yi))));
  }

  @Override
  default void convolutionBackwardWeights(
      Parameter weight, Tensor x, Tensor dy, ConvGeometry geometry) {
    ReferenceTensor dw = ref(weight.gradient());
    forEachProduct(
        dy.shape(),
        dw.shape(),
        x.shape(),
        geometry,
        (yi, wi, xi) -> dw.add(wi, round(ref(x).get(xi) * ref(dy).get(yi))));
  }

  @Override
  default void biasBackward(Parameter bias, Tensor dy) {
    for (int i = 0; i < ref(dy).size(); i++) {
      ref(bias.gradient()).add(ref(dy).channel(i), ref(dy).get(i));
    }
  }

  /** Adds to y. */
  default void convolve(
      ReferenceTensor y, ReferenceTensor x, ReferenceTensor weight, ConvGeometry geometry) {
    forEachProduct(
        y.shape(),
        weight.shape(),
        x.shape(),
        geometry,
        (yi, wi, xi) -> y.add(yi, round(weight.get(wi) * x.get(xi))));
  }

  default void addBias(ReferenceTensor y, ReferenceTensor bias) {
    for (int i = 0; i < y.size(); i++) {
      y.add(i, bias.get(y.channel(i)));
    }
  }

  private static void forEachProduct(
      Shape y, Shape w, Shape x, ConvGeometry geometry, Product product) {
    int group = y.channels() / geometry.groups();
    for (int n = 0; n < y.batch(); n++) {
      for (int p = 0; p < y.height(); p++) {
        for (int q = 0; q < y.width(); q++) {
          for (int o = 0; o < y.channels(); o++) {
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
