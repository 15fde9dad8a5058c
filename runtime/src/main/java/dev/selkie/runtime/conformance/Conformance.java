package dev.selkie.runtime.conformance;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.reference.Arithmetic;
import dev.selkie.runtime.reference.KinkWatch;
import dev.selkie.runtime.reference.ReferenceBackend;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Runs cases on a backend, on the reference, and on the plain loop: the reference rounded to
 * float32, which stores and multiplies in the backend's precision.
 */
public final class Conformance {
  private static final int LAST_SEED = 100;

  /** Room for the largest case. */
  private static final long ARENA_BYTES = 8L << 20;

  /** Numbers that lead a ReLU this near to zero are drawn anew: float32 may decide otherwise. */
  private static final double KINK = 64 * Math.ulp(1f);

  private final KinkWatch kinks = new KinkWatch();
  private final Subject exact;
  private final Subject plain;
  private final Subject subject;

  /** A backend with memory for one case at a time. */
  private record Subject(Backend backend, Ops ops, Arena arena) {
    Subject(Backend backend, UnaryOperator<Ops> interceptor) {
      this(backend, interceptor.apply(backend.ops()), backend.allocate(ARENA_BYTES));
    }

    Fixture run(OpCase opCase, long seed) {
      Fixture fixture = new Fixture(backend, arena, ops, seed);
      opCase.body().accept(fixture);
      return fixture;
    }
  }

  /** Takes one arena of the backend, which remains the caller's to close. */
  public Conformance(Backend backend) {
    this(backend, UnaryOperator.identity());
  }

  /**
   * @param interceptor put between the cases and the backend, such as a recorder
   */
  public Conformance(Backend backend, UnaryOperator<Ops> interceptor) {
    LossScale.lower(backend);
    this.subject = new Subject(backend, interceptor);
    this.exact = reference(kinks, backend.precision());
    this.plain = reference(Arithmetic.FLOAT, backend.precision());
  }

  private static Subject reference(Arithmetic arithmetic, Precision precision) {
    return new Subject(new ReferenceBackend(arithmetic, precision), UnaryOperator.identity());
  }

  /** All cases. */
  public List<Check> checkAll() {
    return OpCases.all().stream().map(this::check).toList();
  }

  /** One case; never throws because of the backend. */
  public Check check(OpCase opCase) {
    Tolerance tolerance = new Tolerance();
    long seed = 0;
    while (!tolerance.hasEnough()) {
      Map<String, double[]> expected;
      do {
        kinks.reset();
        expected = exact.run(opCase, ++seed).results();
        requireDraws(opCase, seed);
      } while (kinks.nearest() < KINK);
      Fixture run;
      try {
        run = subject.run(opCase, seed);
      } catch (RuntimeException e) {
        return Check.failed(opCase, "threw " + e);
      }
      Optional<String> disturbance = run.disturbance();
      if (disturbance.isPresent()) {
        return Check.failed(opCase, disturbance.get());
      }
      tolerance.add(expected, plain.run(opCase, seed).results(), run.results());
    }
    return judge(opCase, tolerance.worst());
  }

  private static void requireDraws(OpCase opCase, long seed) {
    if (seed > LAST_SEED) {
      throw new IllegalStateException(
          "%s draws values beside a ReLU's kink every time; give it fewer or larger ones"
              .formatted(opCase));
    }
  }

  private static Check judge(OpCase opCase, Tolerance.Worst worst) {
    Check.Status status = worst.holds() ? Check.Status.PASSED : Check.Status.FAILED;
    String detail =
        worst.holds()
            ? ""
            : "%s errs by %.3g of its largest value, allowed is %.3g"
                .formatted(worst.tensor(), worst.error(), worst.allowed());
    return new Check(opCase.name(), status, worst.error(), worst.allowed(), detail);
  }
}
