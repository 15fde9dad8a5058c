package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.of;

import dev.selkie.runtime.PoolGeometry;
import dev.selkie.runtime.Tensor;
import java.util.Arrays;

/** Maxima and means of windows. */
interface PoolingVerbs extends Verbs {
  /** One tap of a window that lies on x: flat indices into y and x, and the tap's number. */
  interface Tap {
    void at(int y, int x, int tap);
  }

  @Override
  default void maxPoolForward(Tensor y, Tensor winners, Tensor x, PoolGeometry geometry) {
    of(y).fill(Double.NEGATIVE_INFINITY);
    forEachTap(
        of(y),
        of(x),
        geometry,
        (yi, xi, tap) -> {
          if (of(x).get(xi) > of(y).get(yi)) {
            of(y).set(yi, of(x).get(xi));
            of(winners).set(yi, tap);
          }
        });
  }

  @Override
  default void maxPoolInference(Tensor y, Tensor x, PoolGeometry geometry) {
    of(y).fill(Double.NEGATIVE_INFINITY);
    forEachTap(
        of(y),
        of(x),
        geometry,
        (yi, xi, tap) -> of(y).set(yi, Math.max(of(y).get(yi), of(x).get(xi))));
  }

  @Override
  default void maxPoolBackward(Tensor dx, Tensor dy, Tensor winners, PoolGeometry geometry) {
    of(dx).fill(0);
    forEachTap(
        of(dy),
        of(dx),
        geometry,
        (yi, xi, tap) -> {
          if (of(winners).get(yi) == tap) {
            of(dx).add(xi, of(dy).get(yi));
          }
        });
  }

  @Override
  default void averagePoolForward(Tensor y, Tensor x, PoolGeometry geometry) {
    int[] divisors = divisors(of(y), of(x), geometry);
    of(y).fill(0);
    forEachTap(of(y), of(x), geometry, (yi, xi, tap) -> of(y).add(yi, of(x).get(xi)));
    for (int i = 0; i < divisors.length; i++) {
      of(y).set(i, of(y).get(i) / divisors[i]);
    }
  }

  @Override
  default void averagePoolBackward(Tensor dx, Tensor dy, PoolGeometry geometry) {
    int[] divisors = divisors(of(dy), of(dx), geometry);
    of(dx).fill(0);
    forEachTap(
        of(dy),
        of(dx),
        geometry,
        (yi, xi, tap) -> of(dx).add(xi, round(of(dy).get(yi) / divisors[yi])));
  }

  @Override
  default void globalAveragePoolForward(Tensor y, Tensor x) {
    of(y).fill(0);
    for (int i = 0; i < of(x).size(); i++) {
      of(y).add(of(x).sampleAndChannel(i), of(x).get(i));
    }
    for (int i = 0; i < of(y).size(); i++) {
      of(y).set(i, of(y).get(i) / of(x).positions());
    }
  }

  @Override
  default void globalAveragePoolBackward(Tensor dx, Tensor dy) {
    for (int i = 0; i < of(dx).size(); i++) {
      of(dx).set(i, of(dy).get(of(dx).sampleAndChannel(i)) / of(dx).positions());
    }
  }

  /** What each average divides by. */
  private static int[] divisors(ReferenceTensor y, ReferenceTensor x, PoolGeometry geometry) {
    int[] counts = new int[y.size()];
    forEachTap(y, x, geometry, (yi, xi, tap) -> counts[yi]++);
    if (geometry.countPadding()) {
      Arrays.fill(counts, geometry.kernel() * geometry.kernel());
    }
    return counts;
  }

  /** Visits the taps of each window in row-major order, those on the padding left out. */
  private static void forEachTap(
      ReferenceTensor y, ReferenceTensor x, PoolGeometry geometry, Tap visit) {
    int kernel = geometry.kernel();
    for (int n = 0; n < y.samples(); n++) {
      for (int p = 0; p < y.shape().height(); p++) {
        for (int q = 0; q < y.shape().width(); q++) {
          for (int tap = 0; tap < kernel * kernel; tap++) {
            int h = p * geometry.stride() + tap / kernel - geometry.padding();
            int w = q * geometry.stride() + tap % kernel - geometry.padding();
            if (h < 0 || h >= x.shape().height() || w < 0 || w >= x.shape().width()) {
              continue;
            }
            for (int c = 0; c < y.channels(); c++) {
              visit.at(y.index(n, p, q, c), x.index(n, h, w, c), tap);
            }
          }
        }
      }
    }
  }
}
