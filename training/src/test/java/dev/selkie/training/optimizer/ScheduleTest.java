package dev.selkie.training.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Against the recursive forms in PyTorch's documentation, not the closed ones. */
class ScheduleTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void constantIsOne() {
    assertEquals(1, Schedule.constant().factor(0, 3));
    assertEquals(1, Schedule.constant().factor(2.9, 3));
  }

  /** StepLR: multiplied by gamma whenever the epoch is a multiple of the step size. */
  @Test
  void stepMultipliesAtEachPeriod() {
    Schedule schedule = Schedule.step(3, 0.5);
    double rate = 1;
    for (int epoch = 0; epoch < 12; epoch++) {
      rate *= epoch > 0 && epoch % 3 == 0 ? 0.5 : 1;
      assertEquals(rate, schedule.factor(epoch, 12), TOLERANCE);
      assertEquals(rate, schedule.factor(epoch + 0.9, 12), TOLERANCE);
    }
  }

  /** CosineAnnealingLR: eta(t + 1) = eta(t) (1 + cos(pi (t + 1) / T)) / (1 + cos(pi t / T)). */
  @Test
  void cosineFollowsTheRecursion() {
    Schedule schedule = Schedule.cosine();
    double rate = 1;
    int epochs = 20;
    for (int t = 0; t < epochs; t++) {
      assertEquals(rate, schedule.factor(t, epochs), TOLERANCE);
      rate *= (1 + Math.cos(Math.PI * (t + 1) / epochs)) / (1 + Math.cos(Math.PI * t / epochs));
    }
    assertEquals(0, schedule.factor(epochs, epochs), TOLERANCE);
  }

  /**
   * LinearLR: eta(t + 1) = eta(t) (1 + (1 - start) / (T start + t (1 - start))), then SequentialLR.
   */
  @Test
  void warmUpRisesInAStraightLineThenTheRestFollows() {
    Schedule schedule = Schedule.cosine().warmUp(5);
    double start = 0.01;
    double rate = start;
    for (int t = 0; t < 5; t++) {
      assertEquals(rate, schedule.factor(t, 20), TOLERANCE);
      rate *= 1 + (1 - start) / (5 * start + t * (1 - start));
    }
    assertEquals(1, rate, TOLERANCE);
    for (int t = 5; t <= 20; t++) {
      assertEquals(Schedule.cosine().factor(t - 5, 15), schedule.factor(t, 20), TOLERANCE);
    }
  }

  @Test
  void noWarmUpChangesNothing() {
    assertEquals(1, Schedule.constant().warmUp(0).factor(0, 3));
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> Schedule.step(0, 0.1));
    assertThrows(IllegalArgumentException.class, () -> Schedule.constant().warmUp(-1));
    assertThrows(IllegalArgumentException.class, () -> Sgd.sgd(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Sgd.sgd(0.1).momentum(1));
    assertThrows(IllegalArgumentException.class, () -> AdamW.adamW(0.1).weightDecay(-1));
  }
}
