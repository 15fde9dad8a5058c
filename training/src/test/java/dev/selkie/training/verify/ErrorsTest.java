package dev.selkie.training.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.training.verify.CheckResult.Status;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class ErrorsTest {
  private static final double ROUNDING = 1e-6;

  /** A ReLU that rounding has decided otherwise. */
  private static final double KINK = 1e-2;

  private int drawn;

  /** One quantity whose true value is 1, with errors by the draw. */
  private Status status(LongToDoubleFunction plain, LongToDoubleFunction device) {
    drawn = 0;
    List<CheckResult> results =
        Errors.results(
            "check",
            3,
            (errors, seed) -> {
              drawn++;
              errors.add(
                  value(0), value(plain.applyAsDouble(seed)), value(device.applyAsDouble(seed)));
            });
    assertEquals(1, results.size());
    return results.get(0).status();
  }

  private static List<Quantity> value(double error) {
    return List.of(new Quantity("x", new float[] {(float) (1 + error)}));
  }

  @Test
  void twiceThePlainLoopsErrorIsWellAfterFewDraws() {
    assertEquals(Status.PASSED, status(seed -> ROUNDING, seed -> 1.9 * ROUNDING));
    assertEquals(3, drawn);
  }

  @Test
  void aDeviceThatIsWrongStaysSoHoweverOftenItIsAsked() {
    assertEquals(Status.FAILED, status(seed -> ROUNDING, seed -> KINK));
    assertEquals(7, drawn);
  }

  @Test
  void badLuckInTheFirstDrawsIsTakenForWhatItIs() {
    assertEquals(Status.PASSED, status(seed -> ROUNDING, seed -> seed <= 3 ? KINK : ROUNDING));
    assertEquals(7, drawn);
    assertEquals(Status.FAILED, status(seed -> ROUNDING, seed -> seed <= 4 ? KINK : ROUNDING));
  }

  @Test
  void theSameLuckOnTheOtherSideIsTheMeasure() {
    assertEquals(Status.PASSED, status(seed -> seed == 2 ? KINK : ROUNDING, seed -> KINK));
    assertEquals(3, drawn);
  }

  @Test
  void aYardstickThatIsNotFiniteMeasuresNothing() {
    assertEquals(Status.FAILED, status(seed -> Double.NaN, seed -> 0));
  }

  @Test
  void aDeviceThatIsNotFiniteIsWrong() {
    assertEquals(Status.FAILED, status(seed -> ROUNDING, seed -> Double.NaN));
  }
}
