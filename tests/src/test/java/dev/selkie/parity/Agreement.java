package dev.selkie.parity;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.parity.Trace.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rule of comparison. The truth is a run in float64; the yardsticks are runs in plain float32.
 * Another side's error against the truth may be at most twice theirs plus a few ulps, norm by norm
 * and tensor by tensor.
 *
 * <p>A tensor of few values may come out nearly exact by luck: a yardstick's error of one tensor
 * counts as no smaller than its median over all tensors of the kind.
 */
final class Agreement {
  private static final double TIMES = 2;
  private static final double FEW_ULPS = 4 * Math.ulp(1f);

  private final Trace truth;
  private final Map<Quantity, Double> allowed;

  Agreement(Trace truth, List<Trace> yardsticks) {
    this.truth = truth;
    List<Map<Quantity, Double>> noise = yardsticks.stream().map(this::withMedians).toList();
    this.allowed =
        quantities().stream()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    q ->
                        TIMES * noise.stream().mapToDouble(n -> n.get(q)).max().orElseThrow()
                            + FEW_ULPS));
  }

  /** A tensor's error and what is allowed, in units of its norm. */
  record Finding(Quantity quantity, double error, double allowed) {
    boolean agrees() {
      return error <= allowed; // False for NaN too.
    }

    @Override
    public String toString() {
      return "%s is off by %.2g of its norm; %.2g are allowed".formatted(quantity, error, allowed);
    }
  }

  /** One finding per quantity of the truth. */
  List<Finding> judge(Trace subject) {
    if (!subject.values().keySet().equals(quantities())) {
      throw new IllegalArgumentException(
          "runs of different quantities: %s and %s"
              .formatted(subject.values().keySet(), quantities()));
    }
    return quantities().stream()
        .map(q -> new Finding(q, error(q, subject), allowed.get(q)))
        .toList();
  }

  /** Fails with all findings that do not agree. */
  void require(Trace subject) {
    List<Finding> wrong = judge(subject).stream().filter(f -> !f.agrees()).toList();
    assertTrue(
        wrong.isEmpty(),
        () -> wrong.stream().map(Finding::toString).collect(Collectors.joining("\n", "\n", "\n")));
  }

  private Set<Quantity> quantities() {
    return truth.values().keySet();
  }

  private Map<Quantity, Double> withMedians(Trace run) {
    Map<Quantity, Double> errors =
        quantities().stream().collect(Collectors.toMap(Function.identity(), q -> error(q, run)));
    Map<String, Double> medians =
        quantities().stream()
            .collect(
                Collectors.groupingBy(
                    Quantity::kind,
                    Collectors.collectingAndThen(
                        Collectors.mapping(errors::get, Collectors.toList()), Agreement::median)));
    errors.replaceAll((q, error) -> Math.max(error, medians.get(q.kind())));
    return errors;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** Norm of the difference to the truth, over the truth's own norm where that is not zero. */
  private double error(Quantity quantity, Trace run) {
    double[] expected = truth.values().get(quantity);
    double[] found = run.values().get(quantity);
    double wrong = 0;
    double whole = 0;
    for (int i = 0; i < expected.length; i++) {
      wrong += (found[i] - expected[i]) * (found[i] - expected[i]);
      whole += expected[i] * expected[i];
    }
    return Math.sqrt(whole == 0 ? wrong : wrong / whole);
  }
}
