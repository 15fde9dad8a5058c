package dev.selkie.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.selkie.runtime.conformance.Check;
import dev.selkie.runtime.conformance.Conformance;
import dev.selkie.runtime.conformance.OpCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every verb against the reference, with more lanes than some cases have samples. */
class CpuConformanceTest {
  private static final CpuBackend BACKEND = new CpuBackend(3);

  @AfterAll
  static void close() {
    BACKEND.close();
  }

  @TestFactory
  Stream<DynamicTest> verbs() {
    Conformance conformance = new Conformance(BACKEND);
    return OpCases.all().stream()
        .map(
            verb ->
                dynamicTest(
                    verb.name(),
                    () -> {
                      Check check = conformance.check(verb);
                      assertTrue(check.passed(), check::detail);
                    }));
  }
}
