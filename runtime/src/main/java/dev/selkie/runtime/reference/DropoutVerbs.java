package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.Tensor;

/**
 * Dropout (Srivastava et al., 2014), inverted. A value is kept where 24 bits of a hash, read as a
 * fraction, are at least the rate; the hash is SplitMix64's finaliser (Steele et al., 2014) of the
 * seed, the layer's number and the value's flat NHWC index.
 */
interface DropoutVerbs extends Verbs {
  long seed();

  @Override
  default void dropoutForward(Tensor y, Tensor mask, Tensor x, float rate, int layer) {
    for (int i = 0; i < ref(x).size(); i++) {
      ref(mask).set(i, kept(seed(), layer, i, rate) ? 1 : 0);
      ref(y).set(i, scaled(ref(x).get(i), ref(mask).get(i), rate));
    }
  }

  @Override
  default void dropoutBackward(Tensor dx, Tensor dy, Tensor mask, float rate) {
    for (int i = 0; i < ref(dx).size(); i++) {
      ref(dx).set(i, scaled(ref(dy).get(i), ref(mask).get(i), rate));
    }
  }

  private double scaled(double value, double kept, float rate) {
    return kept == 1 ? round(value / round(1 - (double) rate)) : 0;
  }

  static boolean kept(long seed, int layer, long index, float rate) {
    return fraction(seed, layer, index) >= rate;
  }

  /** Uniform in [0, 1), a multiple of 2^-24. */
  static double fraction(long seed, int layer, long index) {
    long stream = seed + layer * 0x9E3779B97F4A7C15L;
    long hash = mix64(stream ^ (index * 0xD1B54A32D192ED03L));
    return (hash >>> 40) * 0x1p-24;
  }

  private static long mix64(long value) {
    long x = value;
    x ^= x >>> 30;
    x *= 0xBF58476D1CE4E5B9L;
    x ^= x >>> 27;
    x *= 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
