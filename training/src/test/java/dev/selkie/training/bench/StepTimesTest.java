package dev.selkie.training.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StepTimesTest {
  /** Nearest rank: of 20 sorted values the 10th and the 19th. */
  @Test
  void percentilesAreOfNearestRank() {
    StepTimes times = new StepTimes();
    for (int i = 20; i >= 1; i--) {
      times.add(i * 1_000_000L, 1);
    }
    assertEquals(10, times.percentileMillis(0.5));
    assertEquals(19, times.percentileMillis(0.95));
    assertEquals(20, times.percentileMillis(1));
  }

  @Test
  void growsBeyondItsFirstRoom() {
    StepTimes times = new StepTimes();
    for (int i = 0; i < 5000; i++) {
      times.add(14_000_000, 2);
    }
    assertEquals(10_000, times.steps());
    assertEquals(7, times.percentileMillis(0.5));
  }
}
