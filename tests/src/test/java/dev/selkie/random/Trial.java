package dev.selkie.random;

import dev.selkie.random.Generator.Drawn;
import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.conformance.GuardedBackend;
import dev.selkie.training.verify.Float32Provider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One network on the reference and on the CPU, fused and unfused. The fused one has guards behind
 * the regions of its arena, the other is as users have it.
 */
final class Trial implements AutoCloseable {
  private static final int ENOUGH = 7;

  private final Drawn drawn;
  private final List<Variant> variants = new ArrayList<>();
  private final Map<Long, Step> exact = new HashMap<>();

  Trial(Drawn drawn, NetworkFactory fused, NetworkFactory unfused) {
    this.drawn = drawn;
    variants.add(new Variant("fused", fused, true));
    variants.add(new Variant("unfused", unfused, false));
  }

  /** The network as one way of compiling gives it. */
  private final class Variant implements AutoCloseable {
    private final TrainableNetwork plain;
    private final TrainableNetwork reference;
    private final TrainableNetwork cpu;
    private final Verdict ofReference;
    private final Verdict ofCpu;
    private final List<String> slopes = new ArrayList<>();

    Variant(String name, NetworkFactory factory, boolean guarded) {
      plain = create(factory, Device.of(new Float32Provider()), false);
      reference = create(factory, Device.named("reference"), guarded);
      cpu = create(factory, Device.cpu(), guarded);
      ofReference = new Verdict(name + " on the reference", true);
      ofCpu = new Verdict(name + " on the CPU", false);
    }

    private TrainableNetwork create(NetworkFactory factory, Device device, boolean guarded) {
      Device where = guarded ? GuardedBackend.over(device) : device;
      return factory.create(where, Batch.batch(drawn.batch()));
    }

    void run(long seed) {
      Numbers numbers = new Numbers(seed);
      Step expected =
          exact.computeIfAbsent(seed, key -> Step.interpret(drawn.model(), reference, numbers));
      Step rounded = Step.take(plain, numbers);
      Step found = Step.take(reference, numbers);
      ofReference.add(expected, rounded, found);
      if (seed == 1) {
        new Slope(drawn.model(), reference, numbers).fault(found).ifPresent(slopes::add);
      }
      ofCpu.add(expected, rounded, Step.take(cpu, numbers));
    }

    List<String> faults() {
      List<String> faults = new ArrayList<>(ofReference.faults());
      faults.addAll(ofCpu.faults());
      faults.addAll(slopes);
      for (TrainableNetwork network : List.of(reference, cpu)) {
        network
            .backend()
            .unwrap(GuardedBackend.class)
            .flatMap(GuardedBackend::disturbance)
            .ifPresent(faults::add);
      }
      return faults;
    }

    @Override
    public void close() {
      plain.close();
      reference.close();
      cpu.close();
    }
  }

  /** One draw, or enough to tell a fault from bad luck where something seems wrong. */
  List<String> faults() {
    List<String> all = new ArrayList<>();
    for (Variant variant : variants) {
      variant.run(1);
      boolean seemsWrong = !variant.faults().isEmpty();
      for (long seed = 2; seed <= ENOUGH && seemsWrong; seed++) {
        variant.run(seed);
      }
      all.addAll(variant.faults());
    }
    return all;
  }

  @Override
  public void close() {
    variants.forEach(Variant::close);
  }
}
