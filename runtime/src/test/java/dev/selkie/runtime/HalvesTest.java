package dev.selkie.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every number of both types, against what the formats say of exponent and mantissa. */
class HalvesTest {
  /** The layout of a type, from its definition. */
  private record Format(int mantissa, int bias) {
    static Format of(Element type) {
      return type == Element.FLOAT16 ? new Format(10, 15) : new Format(7, 127);
    }

    int infinity() {
      return 0x7FFF >> mantissa << mantissa;
    }

    /** (-1)^s 2^(e - bias) 1.m, or 2^(1 - bias) 0.m where e is 0. */
    double value(int bits) {
      double fraction = Math.scalb((double) (bits & (1 << mantissa) - 1), -mantissa);
      int exponent = (bits & 0x7FFF) >> mantissa;
      double magnitude =
          exponent == 0
              ? Math.scalb(fraction, 1 - bias)
              : Math.scalb(1 + fraction, exponent - bias);
      return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16"})
  void everyNumberHasItsValueAndComesBack(Element type) {
    Format format = Format.of(type);
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = Halves.value(type, (short) bits);
      int magnitude = bits & 0x7FFF;
      if (magnitude < format.infinity()) {
        assertEquals(format.value(bits), value);
      } else if (magnitude == format.infinity()) {
        assertEquals(bits == magnitude ? 1f / 0 : -1f / 0, value);
      } else {
        assertTrue(Float.isNaN(value));
      }
      int quiet = magnitude > format.infinity() ? 1 << format.mantissa() - 1 : 0;
      assertEquals((short) (bits | quiet), Halves.bits(type, value));
    }
  }

  /** Between two neighbours the middle goes to the even one, and all else to the nearer. */
  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16"})
  void whatLiesBetweenGoesToTheNearer(Element type) {
    Format format = Format.of(type);
    for (int bits = 0; bits < format.infinity(); bits++) {
      // The neighbour of the largest is what would follow it, were there one more exponent.
      double low = format.value(bits);
      double high = format.value(bits + 1);
      float middle = (float) ((low + high) / 2);
      assertEquals((low + high) / 2, middle);
      assertRounds(type, bits % 2 == 0 ? bits : bits + 1, middle);
      assertRounds(type, bits, Math.nextDown(middle));
      assertRounds(type, bits + 1, Math.nextUp(middle));
    }
  }

  private static void assertRounds(Element type, int bits, float value) {
    assertEquals((short) bits, Halves.bits(type, value));
    assertEquals((short) (bits | 0x8000), Halves.bits(type, -value));
    assertEquals(Halves.value(type, (short) bits), Halves.round(type, value));
  }

  @Test
  void knownValues() {
    assertEquals((short) 0x3C00, Halves.bits(Element.FLOAT16, 1));
    assertEquals((short) 0x3555, Halves.bits(Element.FLOAT16, 1 / 3f));
    assertEquals((short) 0x7BFF, Halves.bits(Element.FLOAT16, 65519));
    assertEquals((short) 0x7C00, Halves.bits(Element.FLOAT16, 65520));
    assertEquals((short) 0x0001, Halves.bits(Element.FLOAT16, 0x1p-24f));
    assertEquals((short) 0x8000, Halves.bits(Element.FLOAT16, -0x1p-25f));
    assertEquals((short) 0x3F80, Halves.bits(Element.BFLOAT16, 1));
    assertEquals((short) 0x4049, Halves.bits(Element.BFLOAT16, (float) Math.PI));
    assertEquals((short) 0x7F80, Halves.bits(Element.BFLOAT16, Float.MAX_VALUE));
    assertEquals((short) 0xFF80, Halves.bits(Element.BFLOAT16, Float.NEGATIVE_INFINITY));
  }

  /** 10 bits of mantissa are those of FLOAT16, with float32's exponents. */
  @Test
  void tf32RoundsFactorsAsFloat16WhereThatHasTheRange() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      float value = (float) (1 + 1000 * random.nextDouble());
      float factor = Precision.TF32.factor(value);
      assertEquals(Halves.round(Element.FLOAT16, value), factor);
      assertEquals(-factor * 0x1p40f, Precision.TF32.factor(-value * 0x1p40f));
    }
    assertTrue(Float.isNaN(Precision.TF32.factor(Float.NaN)));
    assertEquals(Float.POSITIVE_INFINITY, Precision.TF32.factor(Float.POSITIVE_INFINITY));
    assertEquals(0.1f, Precision.FLOAT32.factor(0.1f));
    assertEquals(0.10009765625f, Precision.BFLOAT16.factor(0.1f));
  }

  @Test
  void othersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Halves.bits(Element.UINT8, 1));
    assertThrows(IllegalArgumentException.class, () -> Halves.value(Element.BIT, (short) 1));
  }
}
