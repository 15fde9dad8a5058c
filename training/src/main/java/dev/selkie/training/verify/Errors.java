package dev.selkie.training.verify;

import dev.selkie.training.verify.CheckResult.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Errors of named quantities, on a device and on a yardstick, over several draws of weights and
 * images. In half of the draws or more a device may err at most twice as much as the yardstick does
 * in its worst, plus four units in float32's last place.
 *
 * <p>Not each draw against its own, since it is luck on whose side a rounding decides a ReLU or a
 * maximum otherwise: in float32 that is rare, and then errors grow a thousandfold. It happens to
 * both, but not in the same draws. A device that is wrong is so in all of them, so what seems wrong
 * after few draws is given more.
 */
final class Errors {
  private static final double FACTOR = 2;
  private static final double FLOOR = 4 * (double) Math.ulp(1f);

  /** So many draws tell a device that is wrong from one that has had bad luck. */
  private static final long ENOUGH = 7;

  private final Map<String, List<Double>> device = new LinkedHashMap<>();
  private final Map<String, Double> yardstick = new LinkedHashMap<>();

  /** Makes one draw and adds it. */
  interface Draw {
    void add(Errors errors, long seed);
  }

  /** Of so many draws, or of enough where these are not and something seems wrong. */
  static List<CheckResult> results(String check, long draws, Draw draw) {
    Errors errors = new Errors();
    errors.add(1, draws, draw);
    List<CheckResult> results = errors.results(check);
    if (results.stream().allMatch(result -> result.status() == Status.PASSED)) {
      return results;
    }
    errors.add(draws + 1, ENOUGH, draw);
    return errors.results(check);
  }

  private void add(long first, long last, Draw draw) {
    for (long seed = first; seed <= last; seed++) {
      draw.add(this, seed);
    }
  }

  /** Adds one draw; the quantities are the same in all three lists. */
  void add(List<Quantity> exact, List<Quantity> plain, List<Quantity> found) {
    for (int i = 0; i < exact.size(); i++) {
      Quantity expected = exact.get(i);
      double error = expected.error(found.get(i));
      device.computeIfAbsent(expected.name(), name -> new ArrayList<>()).add(error);
      yardstick.merge(expected.name(), expected.error(plain.get(i)), Math::max);
    }
  }

  private List<CheckResult> results(String check) {
    return device.keySet().stream().map(quantity -> result(check, quantity)).toList();
  }

  private CheckResult result(String check, String quantity) {
    String name = check + " " + quantity;
    double allowed = FACTOR * yardstick.get(quantity) + FLOOR;
    if (!Double.isFinite(allowed)) {
      return CheckResult.failed(name, "the yardstick itself is not finite: there is no measure");
    }
    // NaN sorts behind all numbers.
    List<Double> sorted = device.get(quantity).stream().sorted().toList();
    return CheckResult.compared(name, sorted.get((sorted.size() - 1) / 2), allowed);
  }
}
