package dev.selkie.training.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Device;
import dev.selkie.training.HandNetwork;
import dev.selkie.training.verify.CheckResult.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final Device FLOAT = Device.named("reference-float32");

  /** Writes down what it is told. */
  private static final class Told implements Verifier.Progress {
    private final List<String> begun = new ArrayList<>();
    private final List<CheckResult> found = new ArrayList<>();

    @Override
    public void begins(String check, int number, int all) {
      begun.add("%d of %d: %s".formatted(number, all, check));
    }

    @Override
    public void found(CheckResult result) {
      found.add(result);
    }
  }

  @Test
  void aSoundDevicePasses() {
    Told told = new Told();
    Verifier.Report report =
        Verifier.run(FLOAT, List.of(new NetworkCheck(new HandNetwork.Factory())), told);
    assertEquals(0, report.failed());
    // Logits with loss, five gradients, inference.
    assertEquals(7, report.passed());
    assertEquals(report.checks(), told.found);
    assertEquals(List.of("1 of 1: " + HandNetwork.NAME), told.begun);
    assertEquals("float32", report.precision());
  }

  @Test
  void aFaultIsFoundWhereItIs() {
    Device faulty = Faults.enlarged(FLOAT, "biasBackward", 1.001f);
    Verifier.Report report =
        Verifier.run(faulty, List.of(new NetworkCheck(new HandNetwork.Factory())), new Told());
    List<String> failed =
        report.checks().stream()
            .filter(check -> check.status() == Status.FAILED)
            .map(CheckResult::name)
            .toList();
    assertEquals(List.of(HandNetwork.NAME + " d logits.bias"), failed);
  }

  @Test
  void aCheckThatThrowsHasFailedAndTheOthersGoOn() {
    VerificationCheck broken =
        new VerificationCheck() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public List<CheckResult> run(Device device) {
            throw new IllegalStateException("nothing works");
          }
        };
    Told told = new Told();
    Verifier.Report report = Verifier.run(FLOAT, List.of(broken, broken), told);
    assertEquals(2, report.failed());
    assertEquals("nothing works", told.found.get(1).note());
    assertEquals("2 of 2: broken", told.begun.get(1));
  }

  @Test
  void nanNeverPasses() {
    assertEquals(Status.FAILED, CheckResult.compared("x", Double.NaN, 1).status());
    Quantity good = new Quantity("x", new float[] {3, 4});
    Quantity bad = new Quantity("x", new float[] {3, Float.NaN});
    assertTrue(Double.isNaN(good.error(bad)));
    assertEquals(0.2, good.error(new Quantity("x", new float[] {3, 5})), 1e-15);
  }
}
