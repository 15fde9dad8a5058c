package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.conformance.Check;
import dev.selkie.runtime.conformance.Conformance;
import dev.selkie.runtime.conformance.OpCase;
import dev.selkie.runtime.conformance.OpCases;
import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases that every backend must pass, on the backend that ships, down to its calls of JCuda: on
 * the stand-in for a GPU, whose kernels are ours on the host with threads in random order. With
 * {@code SELKIE_KERNEL_TESTS=all} in every precision, else in the two that differ most.
 */
class HostConformanceTest {
  private static final Map<Precision, CudaBackend> BACKENDS = new EnumMap<>(Precision.class);

  @BeforeAll
  static void open() {
    StandIn.absence().ifPresent(why -> Assumptions.abort("the stand-in for a GPU: " + why));
  }

  @AfterAll
  static void close() {
    BACKENDS.values().forEach(CudaBackend::close);
  }

  @TestFactory
  Stream<DynamicContainer> cases() {
    return precisions().stream()
        .map(precision -> dynamicContainer(precision.toString(), cases(precision)));
  }

  private static Set<Precision> precisions() {
    return "all".equals(System.getenv("SELKIE_KERNEL_TESTS"))
        ? EnumSet.allOf(Precision.class)
        : EnumSet.of(Precision.FLOAT32, Precision.BFLOAT16);
  }

  private static Stream<DynamicTest> cases(Precision precision) {
    CudaBackend backend =
        BACKENDS.computeIfAbsent(precision, p -> new CudaBackend(StandIn.driver(), p));
    Conformance conformance = new Conformance(backend);
    return OpCases.all().stream()
        .map(opCase -> dynamicTest(opCase.name(), () -> check(conformance, opCase)));
  }

  private static void check(Conformance conformance, OpCase opCase) {
    Check check = conformance.check(opCase);
    assertTrue(check.passed(), check::detail);
  }

  /** A verb that loses its kernel shows here, not as one that a plain loop has carried out. */
  @Test
  void verbsWithoutKernelBelongToLibraries() {
    Set<String> without =
        Stream.of(Ops.class.getMethods())
            .map(Method::getName)
            .filter(verb -> !hasKernel(verb))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        new TreeSet<>(
            Set.of(
                "convolutionBiasForward",
                "convolutionInference",
                "convolutionAddInference",
                "denseForward",
                "denseBiasForward",
                "denseBackwardData",
                "denseBackwardWeights")),
        without);
  }

  private static boolean hasKernel(String verb) {
    return Stream.of(KernelOps.class.getMethods())
        .anyMatch(m -> m.getName().equals(verb) && m.isDefault());
  }
}
