package dev.selkie.training.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.Precision;
import dev.selkie.training.HandNetwork;
import dev.selkie.training.verify.CheckResult.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each check passes a sound device and fails one that is wrong in what it looks at. */
class BrokenDevicesTest {
  private static final Device SOUND = Device.named("reference-float32");
  private static final NetworkFactory HAND = new HandNetwork.Factory();

  private static List<String> failed(VerificationCheck check, Device device) {
    List<CheckResult> results = check.run(device);
    assertTrue(results.size() > 0);
    return results.stream()
        .filter(result -> result.status() == Status.FAILED)
        .map(result -> result.name().substring(check.name().length() + 1))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void aStepWithAGradientThatIsTooLarge(Precision precision) {
    Device sound = SOUND.in(precision);
    assertEquals(List.of(), failed(new NetworkCheck(HAND), sound));
    Device faulty = Faults.enlarged(sound, "biasBackward", 1.01f);
    assertEquals(List.of("d logits.bias"), failed(new NetworkCheck(HAND), faulty));
  }

  @ParameterizedTest
  @EnumSource
  void aStepWithAForwardPassThatIsTooLarge(Precision precision) {
    Device faulty = Faults.enlarged(SOUND.in(precision), "denseBiasForward", 1.01f);
    List<String> failed = failed(new NetworkCheck(HAND), faulty);
    assertTrue(failed.containsAll(List.of("logits and loss", "inference")), failed::toString);
  }

  @ParameterizedTest
  @EnumSource
  void trainingThatDrifts(Precision precision) {
    Device sound = SOUND.in(precision);
    assertEquals(List.of(), failed(new TrainingCheck(HAND), sound));
    Device faulty = Faults.enlarged(sound, "denseBackwardWeights", 1.05f);
    assertTrue(failed(new TrainingCheck(HAND), faulty).contains("losses"));
  }

  /** The step's own numbers are right, the update is not. */
  @Test
  void trainingWithAnUpdateThatIsATouchTooLarge() {
    List<String> failed = failed(new TrainingCheck(HAND), Faults.enlarged(SOUND, "sgd", 1.0001f));
    assertTrue(failed.contains("weights"), failed::toString);
  }

  @Test
  void aRecordedStepThatDropsItsUpdate() {
    assertEquals(List.of(), failed(new ReplayCheck(HAND), RecordingBackend.device("none")));
    assertEquals(
        List.of(
            "losses, values that differ",
            "weights, values that differ",
            "change of the weights, values that differ",
            "statistics, values that differ"),
        failed(new ReplayCheck(HAND), RecordingBackend.device("sgd")));
  }

  @Test
  void aDeviceThatRecordsNothingIsSkippedWithAWord() {
    CheckResult result = new ReplayCheck(HAND).run(SOUND).get(0);
    assertEquals(Status.SKIPPED, result.status());
    assertEquals("this device has no way to record a step", result.note());
  }

  @Test
  void aVerbThatDiffersFromCallToCallIsNamed() {
    RepetitionCheck check = new RepetitionCheck(HAND);
    assertEquals(List.of(), failed(check, SOUND));
    List<CheckResult> results = check.run(Faults.unsteady(SOUND, "globalAveragePoolForward"));
    for (CheckResult result : results) {
      assertEquals(Status.FAILED, result.status());
      assertEquals(
          "these verbs differ when they are called twice: globalAveragePoolForward", result.note());
    }
  }

  @Test
  void aVerbOffByAHundredth() {
    Device faulty = Faults.enlarged(SOUND.in(Precision.BFLOAT16), "addForward", 1.01f);
    List<CheckResult> results = new VerbChecks().run(faulty);
    List<CheckResult> failed =
        results.stream().filter(result -> result.status() == Status.FAILED).toList();
    assertTrue(failed.size() > 5);
    failed.forEach(result -> assertTrue(result.name().startsWith("addForward"), result::name));
  }
}
