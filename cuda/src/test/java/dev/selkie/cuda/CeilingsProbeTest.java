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
    HostTwin.absence().ifPresent(why -> Assumptions.abort("cuda kernels on the host: " + why));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void copiesAndMultipliesInTheRunsPrecision(Precision precision) {
    HostDriver driver = new HostDriver();
    long start = System.nanoTime();
    Ceilings ceilings = new CeilingsProbe(driver, precision, 3 << 19, 8).measure();
    double whole = (System.nanoTime() - start) / 1e9;
    List<String> copies = calls(driver, "copy ");
    List<String> products = calls(driver, "multiply ");
    assertEquals(List.of("copy 1572864"), copies.stream().distinct().toList());
    Driver.Matrices sizes =
        new Driver.Matrices(8, 8, 8, false, false, precision, precision.activations());
    assertEquals(List.of("multiply " + sizes), products.stream().distinct().toList());
    // A call cannot have taken longer than all of them together did.
    assertTrue(ceilings.bytesPerSecond() >= 2 * 1572864 * (copies.size() - 1) / whole / 10);
    assertTrue(ceilings.operationsPerSecond() >= 1024 * (products.size() - 1) / whole / 10);
    assertEquals(0, driver.held());
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

  private static List<String> calls(HostDriver driver, String start) {
    return driver.calls().stream().filter(call -> call.startsWith(start)).toList();
  }
}
