package dev.selkie.training.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Errors of named quantities, on a device and on a yardstick, over several draws: the root of their
 * mean square. A device may err twice as much as the yardstick does on the same draws, plus four
 * units in float32's last place.
 *
 * <p>Means over draws and not the worst of them, since the worst of a few is a matter of luck.
 */
final class Errors {
  private static final double FACTOR = 2;
  private static final double FLOOR = 4 * (double) Math.ulp(1f);

  private final Map<String, Double> device = new LinkedHashMap<>();
  private final Map<String, Double> yardstick = new LinkedHashMap<>();
  private int draws;

  /** Adds one draw; the quantities are the same in all three lists. */
  void add(List<Quantity> exact, List<Quantity> plain, List<Quantity> found) {
    draws++;
    for (int i = 0; i < exact.size(); i++) {
      Quantity expected = exact.get(i);
      device.merge(expected.name(), square(expected.error(found.get(i))), Double::sum);
      yardstick.merge(expected.name(), square(expected.error(plain.get(i))), Double::sum);
    }
  }

  private static double square(double value) {
    return value * value;
  }

  List<CheckResult> results(String check) {
    return device.keySet().stream().map(quantity -> result(check, quantity)).toList();
  }

  private CheckResult result(String check, String quantity) {
    String name = check + " " + quantity;
    double allowed = FACTOR * mean(yardstick.get(quantity)) + FLOOR;
    if (!Double.isFinite(allowed)) {
      return CheckResult.failed(name, "the yardstick itself is not finite: there is no measure");
    }
    return CheckResult.compared(name, mean(device.get(quantity)), allowed);
  }

  private double mean(double squares) {
    return Math.sqrt(squares / draws);
  }
}
