package dev.selkie.cuda;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.Precision;
import dev.selkie.training.verify.CheckResult;
import dev.selkie.training.verify.NetworkCheck;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What {@code selkie verify --device cuda} looks at, on the kernels' host twin. */
class GeneratedNetworksTest {
  @BeforeAll
  static void load() {
    HostTwin.absence().ifPresent(why -> Assumptions.abort("cuda kernels on the host: " + why));
    HostTwin.schedule(HostTwin.Order.RANDOM);
  }

  /** The twin, opened as often as one likes. */
  private record Twin() implements BackendProvider {
    @Override
    public String device() {
      return "cuda";
    }

    @Override
    public int preference() {
      return -1;
    }

    @Override
    public Optional<String> missing() {
      return Optional.empty();
    }

    @Override
    public Backend open() {
      return open(Precision.FLOAT32);
    }

    @Override
    public Backend open(Precision precision) {
      return new CudaBackend(new HostDriver(), precision);
    }
  }

  @TestFactory
  Stream<DynamicTest> networks() {
    return NetworkFactory.all().stream()
        .filter(factory -> Set.of("Tiny", "TinySk").contains(simple(factory)))
        .flatMap(
            factory ->
                Stream.of(Precision.FLOAT32, Precision.BFLOAT16, Precision.FLOAT16)
                    .map(
                        precision ->
                            dynamicTest(
                                simple(factory) + " in " + precision,
                                () -> check(factory, precision))));
  }

  private static String simple(NetworkFactory factory) {
    return factory.name().substring(factory.name().lastIndexOf('.') + 1);
  }

  private static void check(NetworkFactory factory, Precision precision) {
    long start = System.nanoTime();
    for (CheckResult result : new NetworkCheck(factory).run(Device.of(new Twin()).in(precision))) {
      if (result.status() != CheckResult.Status.PASSED)
        System.out.println(factory.name() + " " + precision + " " + result);
    }
    System.out.println(factory.name() + " " + precision + " " + (System.nanoTime() - start) / 1e9);
  }
}
