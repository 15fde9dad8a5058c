package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

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
    ref(y).fill(Double.NEGATIVE_INFINITY);
    forEachTap(
        ref(y),
        ref(x),
        geometry,
        (yi, xi, tap) -> {
          if (ref(x).get(xi) > ref(y).get(yi)) {
            ref(y).set(yi, ref(x).get(xi));
            ref(winners).set(yi, tap);
          }
        });
  }

  @Override
  default void maxPoolInference(Tensor y, Tensor x, PoolGeometry geometry) {
    ref(y).fill(Double.NEGATIVE_INFINITY);
    forEachTap(
        ref(y),
        ref(x),
        geometry,
        (yi, xi, tap) -> ref(y).set(yi, Math.max(ref(y).get(yi), ref(x).get(xi))));
  }

  @Override
  default void maxPoolBackward(Tensor dx, Tensor dy, Tensor winners, PoolGeometry geometry) {
    double[] sums = new double[ref(dx).size()];
    forEachTap(
        ref(dy),
        ref(dx),
        geometry,
        (yi, xi, tap) -> {
          if (ref(winners).get(yi) == tap) {
            sums[xi] = round(sums[xi] + ref(dy).get(yi));
          }
        });
    ref(dx).write(sums);
  }

  @Override
  default void averagePoolForward(Tensor y, Tensor x, PoolGeometry geometry) {
    int[] divisors = divisors(ref(y), ref(x), geometry);
    double[] sums = new double[divisors.length];
    forEachTap(
        ref(y), ref(x), geometry, (yi, xi, tap) -> sums[yi] = round(sums[yi] + ref(x).get(xi)));
    for (int i = 0; i < divisors.length; i++) {
      ref(y).set(i, sums[i] / divisors[i]);
    }
  }

  @Override
  default void averagePoolBackward(Tensor dx, Tensor dy, PoolGeometry geometry) {
    int[] divisors = divisors(ref(dy), ref(dx), geometry);
    double[] sums = new double[ref(dx).size()];
    forEachTap(
        ref(dy),
        ref(dx),
        geometry,
        (yi, xi, tap) -> sums[xi] = round(sums[xi] + round(ref(dy).get(yi) / divisors[yi])));
    ref(dx).write(sums);
  }

  @Override
  default void globalAveragePoolForward(Tensor y, Tensor x) {
    double[] sums = new double[ref(y).size()];
    for (int i = 0; i < ref(x).size(); i++) {
      int nc = ref(x).sampleAndChannel(i);
      sums[nc] = round(sums[nc] + ref(x).get(i));
    }
    for (int i = 0; i < sums.length; i++) {
      ref(y).set(i, sums[i] / ref(x).positions());
    }
  }

  @Override
  default void globalAveragePoolBackward(Tensor dx, Tensor dy) {
    for (int i = 0; i < ref(dx).size(); i++) {
      ref(dx).set(i, ref(dy).get(ref(dx).sampleAndChannel(i)) / ref(dx).positions());
    }
  }

  /** What each average divides by. */
  private static int[] divisors(ReferenceTensor y, ReferenceTensor x, PoolGeometry geometry) {
    int[] counts = new int[y.size()];
    if (geometry.countPadding()) {
      Arrays.fill(counts, geometry.kernel() * geometry.kernel());
    } else {
      forEachTap(y, x, geometry, (yi, xi, tap) -> counts[yi]++);
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
