package dev.selkie.training.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.training.bench.BenchmarkReport.LossReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossComparisonTest {
  private static final List<Double> EXACT = List.of(2.0, 1.0);
  private static final List<Double> PEER = List.of(2.001, 1.0);

  private static LossReport report(Double... selkie) {
    return LossComparison.report("torch", List.of(selkie), PEER, EXACT);
  }

  /** The peer is a thousandth off, so Selkie may be two thousandths, on either side and step. */
  @Test
  void twiceThePeersErrorAgrees() {
    assertTrue(report(1.9981, 1.0).agree());
    assertTrue(report(2.0, 1.0019).agree());
    assertEquals(0.0019, report(2.0, 1.0019).error(), 1e-12);
    assertFalse(report(2.0021, 1.0).agree());
    assertFalse(report(2.0, 0.9979).agree());
  }

  @Test
  void whatIsNoNumberAgreesWithNothing() {
    assertFalse(report(2.0, Double.NaN).agree());
    assertFalse(report(Double.POSITIVE_INFINITY, 1.0).agree());
    for (double diverged : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertFalse(LossComparison.report("torch", EXACT, List.of(diverged, 1.0), EXACT).agree());
      assertFalse(LossComparison.report("torch", EXACT, EXACT, List.of(diverged, 1.0)).agree());
    }
  }

  /** Four units in the last place of the largest loss, as float32 counts them. */
  @Test
  void anExactPeerLeavesRoomForRounding() {
    assertTrue(LossComparison.report("torch", List.of(2.0000009, 1.0), EXACT, EXACT).agree());
    assertFalse(LossComparison.report("torch", List.of(2.000002, 1.0), EXACT, EXACT).agree());
  }

  @Test
  void aLossThatIsMissingIsThePeersFailure() {
    PeerException missing =
        assertThrows(
            PeerException.class,
            () -> LossComparison.report("torch", List.of(2.0, 1.0), List.of(2.0), EXACT));
    assertEquals("2 losses were asked for, and 1 came", missing.getMessage());
  }
}
