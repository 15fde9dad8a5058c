package dev.selkie.training.verify;

import java.util.List;
import java.util.stream.IntStream;

/** Compares two runs that must agree in every bit. */
final class Bits {
  private Bits() {}

  /** One result per quantity: the error is the number of values with other bits. */
  static List<CheckResult> compare(
      String check, List<Quantity> expected, List<Quantity> found, String note) {
    return IntStream.range(0, expected.size())
        .mapToObj(i -> compare(check, expected.get(i), found.get(i), note))
        .toList();
  }

  private static CheckResult compare(String check, Quantity expected, Quantity found, String note) {
    long differences = expected.differences(found);
    CheckResult result =
        CheckResult.compared(
            check + " " + expected.name() + ", values that differ", differences, 0);
    return differences == 0 ? result : result.noted(note);
  }

  static boolean agree(List<Quantity> expected, List<Quantity> found) {
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i).differences(found.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }
}
