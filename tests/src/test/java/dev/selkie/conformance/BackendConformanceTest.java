package dev.selkie.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.conformance.Check;
import dev.selkie.runtime.conformance.Conformance;
import dev.selkie.runtime.conformance.OpCase;
import dev.selkie.runtime.conformance.OpCases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every case on every backend that is here; one that is not is skipped by name. */
class BackendConformanceTest {
  private static final List<Backend> OPENED = new ArrayList<>();

  @AfterAll
  static void close() {
    OPENED.forEach(Backend::close);
  }

  @Test
  void expectedBackendsAreHere() {
    List<String> missing =
        Backends.EXPECTED.stream().filter(name -> Backends.absence(name).isPresent()).toList();
    assertEquals(List.of(), missing);
  }

  @TestFactory
  Stream<DynamicNode> backends() {
    return Backends.ALL.stream().map(BackendConformanceTest::backend);
  }

  private static DynamicNode backend(String device) {
    Optional<String> absence = Backends.absence(device);
    if (absence.isPresent()) {
      return dynamicTest(
          device, () -> Assumptions.abort("%s: %s".formatted(device, absence.get())));
    }
    Backend backend = Backends.provider(device).open();
    OPENED.add(backend);
    Conformance conformance = new Conformance(backend);
    return dynamicContainer(
        device, OpCases.all().stream().map(opCase -> test(conformance, opCase)));
  }

  private static DynamicTest test(Conformance conformance, OpCase opCase) {
    return dynamicTest(
        opCase.name(),
        () -> {
          Check check = conformance.check(opCase);
          assertTrue(check.passed(), check::detail);
        });
  }
}
