package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.selkie.runtime.conformance.Check;
import dev.selkie.runtime.conformance.Conformance;
import dev.selkie.runtime.conformance.Fixture;
import dev.selkie.runtime.conformance.OpCase;
import dev.selkie.runtime.conformance.OpCases;
import dev.selkie.runtime.reference.ReferenceBackend;
import dev.selkie.runtime.trace.Call;
import dev.selkie.runtime.trace.RecordingOps;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases that every backend must pass, through JNI on the kernels' host twin, in three orders of
 * threads.
 */
class HostConformanceTest {
  private static HostBackend backend;
  private static Conformance conformance;

  @BeforeAll
  static void open() {
    HostTwin.absence().ifPresent(why -> Assumptions.abort("cuda kernels on the host: " + why));
    backend = new HostBackend();
    conformance = new Conformance(backend);
  }

  @AfterAll
  static void close() {
    if (backend != null) {
      backend.close();
    }
  }

  @TestFactory
  Stream<DynamicNode> orders() {
    return Stream.of(HostTwin.Order.values())
        .map(
            order ->
                dynamicContainer(
                    order.name(),
                    withKernels().stream()
                        .map(opCase -> dynamicTest(opCase.name(), () -> check(order, opCase)))));
  }

  private static void check(HostTwin.Order order, OpCase opCase) {
    HostTwin.schedule(order);
    Check check = conformance.check(opCase);
    assertTrue(check.passed(), check::detail);
  }

  private static List<OpCase> withKernels() {
    return OpCases.all().stream().filter(HostConformanceTest::isCarriedOut).toList();
  }

  private static boolean isCarriedOut(OpCase opCase) {
    RecordingOps recording = new RecordingOps();
    opCase.body().accept(new Fixture(new ReferenceBackend().allocate(8 << 20), recording.ops(), 1));
    return recording.calls().stream().map(Call::verb).allMatch(HostConformanceTest::hasKernel);
  }

  private static boolean hasKernel(String verb) {
    return Stream.of(KernelOps.class.getMethods())
        .anyMatch(m -> m.getName().equals(verb) && m.isDefault());
  }
}
