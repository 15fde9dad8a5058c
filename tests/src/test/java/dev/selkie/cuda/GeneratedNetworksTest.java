package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.Precision;
import dev.selkie.training.verify.CheckResult;
import dev.selkie.training.verify.NetworkCheck;
import dev.selkie.training.verify.RepetitionCheck;
import dev.selkie.training.verify.ReplayCheck;
import dev.selkie.training.verify.TrainingCheck;
import dev.selkie.training.verify.VerificationCheck;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What {@code selkie verify --device cuda} looks at, on the stand-in for a GPU. Ten steps, the
 * longest of the checks, are taken once by each network, in every precision with {@code
 * -Dselkie.zoo=all}.
 */
class GeneratedNetworksTest {
  private static final Set<String> SMALL =
      Set.of("dev.selkie.samples.Tiny", "dev.selkie.samples.TinySk");
  private static final Set<Precision> PRECISIONS =
      EnumSet.of(Precision.FLOAT32, Precision.BFLOAT16, Precision.FLOAT16);

  @BeforeAll
  static void load() {
    StandIn.absence().ifPresent(why -> Assumptions.abort("the stand-in for a GPU: " + why));
  }

  @TestFactory
  Stream<DynamicTest> networks() {
    return NetworkFactory.all().stream()
        .filter(factory -> SMALL.contains(factory.name()))
        .flatMap(factory -> PRECISIONS.stream().flatMap(p -> checks(factory, p)));
  }

  private static Stream<DynamicTest> checks(NetworkFactory factory, Precision precision) {
    Device standIn = Device.of(new StandInProvider()).in(precision);
    List<VerificationCheck> checks =
        new ArrayList<>(
            List.of(
                new NetworkCheck(factory), new ReplayCheck(factory), new RepetitionCheck(factory)));
    if (takesTenSteps(factory, precision)) {
      checks.add(new TrainingCheck(factory));
    }
    return checks.stream()
        .map(
            check ->
                dynamicTest(
                    "%s in %s".formatted(check.name(), precision), () -> run(check, standIn)));
  }

  private static boolean takesTenSteps(NetworkFactory factory, Precision precision) {
    Precision once = factory.name().endsWith("TinySk") ? Precision.FLOAT16 : Precision.BFLOAT16;
    return precision == once || "all".equals(System.getProperty("selkie.zoo"));
  }

  private static void run(VerificationCheck check, Device device) {
    // Work is done as late as it may be, or at once: either would show what forgets to wait.
    StandIn.early(device.precision() == Precision.BFLOAT16);
    List<CheckResult> results = check.run(device);
    assertFalse(results.isEmpty());
    for (CheckResult result : results) {
      assertEquals(CheckResult.Status.PASSED, result.status(), result::toString);
    }
  }
}
