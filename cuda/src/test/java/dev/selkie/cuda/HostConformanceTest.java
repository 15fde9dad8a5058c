package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.selkie.runtime.Branch;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.conformance.Check;
import dev.selkie.runtime.conformance.Conformance;
import dev.selkie.runtime.conformance.Fixture;
import dev.selkie.runtime.conformance.OpCase;
import dev.selkie.runtime.conformance.OpCases;
import dev.selkie.runtime.reference.ReferenceBackend;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
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
    List<Boolean> calls = new ArrayList<>();
    Ops asking =
        (Ops)
            Proxy.newProxyInstance(
                Ops.class.getClassLoader(),
                new Class<?>[] {Ops.class},
                (proxy, verb, arguments) -> {
                  calls.add(hasKernel(verb.getName()) && takes(arguments));
                  return null;
                });
    opCase.body().accept(new Fixture(new ReferenceBackend().allocate(8 << 20), asking, 1));
    return calls.stream().allMatch(carriedOut -> carriedOut);
  }

  /** Of convolutions the kernels carry out some. */
  private static boolean takes(Object[] arguments) {
    List<Object> all = List.of(arguments);
    Stream<Branch> branches =
        all.stream()
            .filter(Selection.class::isInstance)
            .flatMap(selection -> ((Selection) selection).branches().stream());
    Stream<Branch> own =
        all.stream()
            .filter(ConvGeometry.class::isInstance)
            .map(geometry -> new Branch(weight(all), (ConvGeometry) geometry, null));
    return Stream.concat(branches, own)
        .allMatch(b -> GroupedConvolutionKernels.hasKernel(b.weight(), b.geometry()));
  }

  private static Parameter weight(List<Object> arguments) {
    return arguments.stream()
        .filter(Parameter.class::isInstance)
        .map(Parameter.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static boolean hasKernel(String verb) {
    return Stream.of(KernelOps.class.getMethods())
        .anyMatch(m -> m.getName().equals(verb) && m.isDefault());
  }
}
