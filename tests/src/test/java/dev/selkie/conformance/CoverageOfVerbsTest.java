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

  /** Cases and {@link RecordingOps} tell verbs apart by name. */
  @Test
  void noTwoVerbsShareAName() {
    assertEquals(Ops.class.getMethods().length, VERBS.size());
  }

  @Test
  void everyVerbHasACase() {
    RecordingOps recording = new RecordingOps();
    ReferenceBackend memory = new ReferenceBackend();
    for (OpCase opCase : OpCases.all()) {
      opCase.body().accept(new Fixture(memory.allocate(8 << 20), recording.ops(), 1));
    }
    Set<String> called =
        recording.calls().stream().map(Call::verb).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(VERBS, called);
  }

  @Test
  void caseNamesAreUnique() {
    List<String> names = OpCases.all().stream().map(OpCase::name).toList();
    assertEquals(names.size(), Set.copyOf(names).size());
  }
}
