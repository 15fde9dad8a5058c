package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A native that is called wrongly names its argument and launches nothing. */
class ArgumentsTest {
  private static final long X = 1 << 12;

  @BeforeAll
  static void load() {
    HostTwin.absence().ifPresent(why -> Assumptions.abort("cuda kernels on the host: " + why));
  }

  @Test
  void nullIsNamed() {
    refused("batchNormMoments: x is null", () -> moments(0, X, 0, 2, 3, 8));
    refused("batchNormMoments: moments is null", () -> moments(0, 0, X, 2, 3, 8));
  }

  @Test
  void sizesArePositive() {
    refused("batchNormMoments: n is 0 but must be at least 1", () -> moments(0, X, X, 0, 3, 8));
    refused("batchNormMoments: p is -1 but must be at least 1", () -> moments(0, X, X, 2, -1, 8));
    refused("batchNormMoments: c is 0 but must be at least 1", () -> moments(0, X, X, 2, 3, 0));
  }

  @Test
  void overflowIsFound() {
    refused(
        "batchNormMoments: n * p * c overflows: 1000000 * 4 * 60000",
        () -> moments(0, X, X, 1_000_000, 4, 60_000));
  }

  @Test
  void gridsAreLimited() {
    refused(
        "batchNormMoments: c is 70000 and p is 4 but at most 65535 channels and 4194240 positions are launched",
        () -> moments(0, X, X, 1, 4, 70_000));
  }

  @Test
  void misalignedIsNamed() {
    refused(
        "batchNormMoments: x lies at 4100, which is no multiple of 16",
        () -> moments(0, X, X + 4, 2, 3, 8));
  }

  @Test
  void typeIsKnown() {
    refused(
        "batchNormMoments: type is 3 but 0, 1 and 2 are known", () -> moments(3, X, X, 2, 3, 8));
  }

  @Test
  void whatBelongsTogetherIsThereTogether() {
    refused(
        "batchNormBackwardSums: residual is there in part; give all of its addresses or none",
        () -> Kernels.batchNormBackwardSums(0, X, X, X, 0, X, 0, 2, 3, 8, 0));
    refused(
        "exciteForward: hiddenUnits is 0 but must be at least 1",
        () -> Kernels.exciteForward(0, X, X, X, 0, X, X, 0, X, 0, 0, 0, 2, 3, 8, 0));
    refused(
        "exciteForward: gateKind is 9 but 0, 1 and 2 are known",
        () -> Kernels.exciteForward(0, X, X, X, 0, X, X, 0, X, 0, 4, 9, 2, 3, 8, 0));
  }

  private static void moments(int type, long moments, long x, int n, int p, int c) {
    Kernels.batchNormMoments(type, moments, x, n, p, c, 0);
  }

  private static void refused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
