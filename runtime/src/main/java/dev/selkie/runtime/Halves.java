package dev.selkie.runtime;

/**
 * Numbers of 16 bits, BFLOAT16 and FLOAT16, to and from float. Rounding is to nearest, ties to
 * even; FLOAT16 has subnormals, and what is too large for a type becomes infinite. A NaN stays one
 * and keeps as much of its payload as fits.
 */
public final class Halves {
  private static final int SIGN = 0x8000;
  private static final int INFINITE = 0x7F80_0000;

  /** From here on a FLOAT16 is not subnormal: 2^-14. */
  private static final int NORMAL16 = 0x3880_0000;

  /** What a FLOAT16 that is not finite starts with. */
  private static final int INFINITE16 = 0x7C00;

  /** From the exponent of a float to that of a FLOAT16, in place. */
  private static final int BIAS = (127 - 15) << 23;

  /** A subnormal FLOAT16 counts in units of 2^-24. */
  private static final float UNITS = 0x1p24f;

  private Halves() {}

  /** The nearest value of that type, as its 16 bits. */
  public static short bits(Element type, float value) {
    return switch (type) {
      case BFLOAT16 -> bfloat16(value);
      case FLOAT16 -> float16(value);
      default -> throw noHalf(type);
    };
  }

  /** The value of those 16 bits; exact. */
  public static float value(Element type, short bits) {
    return switch (type) {
      case BFLOAT16 -> Float.intBitsToFloat(bits << 16);
      case FLOAT16 -> ofFloat16(bits);
      default -> throw noHalf(type);
    };
  }

  /** What is left of a value in an activation of that type; all of it in FLOAT32. */
  public static float round(Element type, float value) {
    return type == Element.FLOAT32 ? value : value(type, bits(type, value));
  }

  /** To so many bits of mantissa, the leading one not counted. */
  static float roundMantissa(float value, int kept) {
    if (Float.isNaN(value)) {
      return value;
    }
    int dropped = 23 - kept;
    return Float.intBitsToFloat(shift(Float.floatToRawIntBits(value), dropped) << dropped);
  }

  private static short bfloat16(float value) {
    int raw = Float.floatToRawIntBits(value);
    // Rounding could carry a NaN's payload away; a quiet bit stays.
    return (short) (Float.isNaN(value) ? raw >>> 16 | 0x40 : shift(raw, 16));
  }

  private static short float16(float value) {
    int raw = Float.floatToRawIntBits(value);
    int sign = raw >>> 16 & SIGN;
    int magnitude = raw & Integer.MAX_VALUE;
    int half;
    if (magnitude > INFINITE) {
      half = INFINITE16 | 0x200 | magnitude >>> 13 & 0x3FF;
    } else if (magnitude >= NORMAL16) {
      half = Math.min(shift(magnitude - BIAS, 13), INFINITE16);
    } else {
      // Exact but for the rounding to a whole number of units.
      half = (int) Math.rint(Float.intBitsToFloat(magnitude) * UNITS);
    }
    return (short) (sign | half);
  }

  private static float ofFloat16(short bits) {
    int sign = (bits & SIGN) << 16;
    int magnitude = bits & Short.MAX_VALUE;
    int raw;
    if (magnitude >= INFINITE16) {
      raw = INFINITE | magnitude << 13;
    } else if (magnitude >= 0x400) {
      raw = (magnitude << 13) + BIAS;
    } else {
      raw = Float.floatToRawIntBits(magnitude / UNITS);
    }
    return Float.intBitsToFloat(sign | raw);
  }

  /** Drops the lowest bits, to nearest, ties to even. */
  private static int shift(int bits, int dropped) {
    int even = bits >>> dropped & 1;
    return (bits + (1 << dropped - 1) - 1 + even) >>> dropped;
  }

  private static IllegalArgumentException noHalf(Element type) {
    return new IllegalArgumentException(
        type + " is no type of 16-bit numbers; use BFLOAT16 or FLOAT16");
  }
}
