package dev.selkie.training.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.NetworkSummary;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.HandNetwork;
import dev.selkie.training.verify.CheckResult.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final Device FLOAT = Device.named("reference-float32");

  /** The hand-written network with one weight wrong by a thousandth, only on the float32 device. */
  private static final class Faulty implements NetworkFactory {
    private final NetworkFactory sound = new HandNetwork.Factory();
    private int created;

    @Override
    public String name() {
      return sound.name();
    }

    @Override
    public TrainableNetwork create(Device device, Batch batch) {
      TrainableNetwork network = sound.create(device, batch);
      created++;
      if (created % 3 == 0) {
        network.intercept(ops -> new OffByAThousandth(ops).proxy());
      }
      return network;
    }

    @Override
    public NetworkSummary summary() {
      return sound.summary();
    }
  }

  @Test
  void aSoundDevicePasses() {
    Verifier.Report report =
        Verifier.run(FLOAT, List.of(new NetworkCheck(new HandNetwork.Factory())), r -> {});
    assertEquals(0, report.failed());
    // Logits, loss, five gradients, inference.
    assertEquals(8, report.passed());
  }

  @Test
  void aFaultIsFoundWhereItIs() {
    Verifier.Report report = Verifier.run(FLOAT, List.of(new NetworkCheck(new Faulty())), r -> {});
    List<String> failed =
        report.checks().stream()
            .filter(check -> check.status() == Status.FAILED)
            .map(CheckResult::name)
            .toList();
    assertEquals(List.of(HandNetwork.NAME + " dlogits.bias"), failed);
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
    List<CheckResult> told = new ArrayList<>();
    Verifier.Report report = Verifier.run(FLOAT, List.of(broken, broken), told::add);
    assertEquals(2, report.failed());
    assertEquals("nothing works", told.get(1).note());
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
