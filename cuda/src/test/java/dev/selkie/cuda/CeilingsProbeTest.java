package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Ceilings;
import dev.selkie.runtime.Precision;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked of the device, and that nothing of it stays. */
class CeilingsProbeTest {
  @BeforeAll
  static void load() {
    StandIn.absence().ifPresent(why -> Assumptions.abort("the stand-in for a GPU: " + why));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void copiesAndMultipliesInTheRunsPrecision(Precision precision) {
    DriverCalls calls = new DriverCalls();
    try (NvidiaDriver driver = StandIn.driver()) {
      final long held = driver.heldBytes();
      long start = System.nanoTime();
      Ceilings ceilings = new CeilingsProbe(calls.over(driver), precision, 3 << 19, 8).measure();
      double whole = (System.nanoTime() - start) / 1e9;
      List<String> copies = calls.starting("copy ");
      List<String> products = calls.starting("multiply ");
      assertTrue(copies.stream().allMatch(call -> call.endsWith(" 1572864")), copies::toString);
      Driver.Matrices sizes =
          new Driver.Matrices(8, 8, 8, false, false, precision, precision.activations());
      assertTrue(products.stream().allMatch(call -> call.startsWith("multiply " + sizes)));
      // A call cannot have taken longer than all of them together did.
      assertTrue(copies.size() > 1 && products.size() > 1);
      assertTrue(ceilings.bytesPerSecond() >= 2 * 1572864 * (copies.size() - 1) / whole / 10);
      assertTrue(ceilings.operationsPerSecond() >= 1024 * (products.size() - 1) / whole / 10);
      assertEquals(held, driver.heldBytes());
    }
  }

  /** What is not finite, or always the same, would be multiplied at another speed. */
  @Test
  void itsNumbersAreSmallAndDifferInEachType() {
    float[] words = CeilingsProbe.words(1000);
    Set<Integer> seen = new HashSet<>();
    for (float word : words) {
      assertTrue(Math.abs(word) < 1 && word != 0, "float32 " + word);
      for (int half :
          new int[] {
            Float.floatToRawIntBits(word) >>> 16, Float.floatToRawIntBits(word) & 0xffff
          }) {
        float bfloat16 = Float.intBitsToFloat(half << 16);
        assertTrue(Math.abs(bfloat16) < 1 && bfloat16 != 0, "bfloat16 " + bfloat16);
        // Exponent 14 of 31, whose bias is 15: from a half to one.
        assertEquals(14, half >> 10 & 31, "float16's exponent");
        seen.add(half);
      }
    }
    assertTrue(seen.size() > 1000, seen.size() + " different halves");
  }
}
