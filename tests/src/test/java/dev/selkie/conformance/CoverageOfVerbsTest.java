package dev.selkie.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.conformance.Fixture;
import dev.selkie.runtime.conformance.OpCase;
import dev.selkie.runtime.conformance.OpCases;
import dev.selkie.runtime.reference.ReferenceBackend;
import dev.selkie.runtime.trace.Call;
import dev.selkie.runtime.trace.RecordingOps;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No verb without a case. */
class CoverageOfVerbsTest {
  private static final Set<String> VERBS =
      Stream.of(Ops.class.getMethods())
          .map(Method::getName)
          .collect(Collectors.toCollection(TreeSet::new));

  private static final List<Call> CALLS = calls();

  /** Where one value can be read twice, or a gradient is the value that it is masked by. */
  private static final Set<String> OF_SEVERAL_INPUTS =
      Set.of(
          "addForward",
          "multiplyForward",
          "multiplyBackward",
          "shakeShakeForward",
          "shakeShakeInference",
          "reluBackward",
          "sigmoidBackward",
          "exciteBackward",
          "batchNormAddForward",
          "batchNormAddBackwardSums",
          "batchNormAddBackward",
          "batchNormAddInference",
          "scaleAddInference",
          "convolutionAddInference",
          "convolutionBackwardWeights",
          "denseBackwardWeights",
          "selectSqueeze",
          "selectForward",
          "selectBackwardSums",
          "selectBackward",
          "selectFuseInference",
          "selectInference");

  /** Cases and {@link RecordingOps} tell verbs apart by name. */
  @Test
  void noTwoVerbsShareAName() {
    assertEquals(Ops.class.getMethods().length, VERBS.size());
  }

  @Test
  void everyVerbHasACase() {
    Set<String> called =
        CALLS.stream().map(Call::verb).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(VERBS, called);
  }

  @Test
  void everyVerbOfSeveralInputsHasACaseInWhichTwoAreOne() {
    Set<String> twice =
        CALLS.stream()
            .filter(call -> OF_SEVERAL_INPUTS.contains(call.verb()))
            .filter(CoverageOfVerbsTest::readsOneTwice)
            .map(Call::verb)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(OF_SEVERAL_INPUTS), twice);
  }

  /** Behind its first argument, which is an output, a norm or what selects. */
  private static boolean readsOneTwice(Call call) {
    List<String> read =
        call.arguments().stream()
            .skip(call.arguments().get(0).startsWith("[") ? 0 : 1)
            .flatMap(text -> Stream.of(text.replaceAll("[\\[\\]]", "").split(", ")))
            .toList();
    return read.size() > Set.copyOf(read).size();
  }

  private static List<Call> calls() {
    RecordingOps recording = new RecordingOps();
    ReferenceBackend memory = new ReferenceBackend();
    for (OpCase opCase : OpCases.all()) {
      opCase.body().accept(new Fixture(memory.allocate(8 << 20), recording.ops(), 1));
    }
    return recording.calls();
  }

  @Test
  void caseNamesAreUnique() {
    List<String> names = OpCases.all().stream().map(OpCase::name).toList();
    assertEquals(names.size(), Set.copyOf(names).size());
  }
}
