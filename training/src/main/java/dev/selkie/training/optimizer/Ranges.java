package dev.selkie.training.optimizer;

/** Checks of an optimiser's numbers; NaN passes none. */
final class Ranges {
  private Ranges() {}

  static void requirePositive(String name, double value) {
    require(value > 0 && value < Double.POSITIVE_INFINITY, name, "positive", value);
  }

  static void requireNotNegative(String name, double value) {
    require(value >= 0 && value < Double.POSITIVE_INFINITY, name, "at least 0", value);
  }

  static void requireShare(String name, double value) {
    require(value >= 0 && value < 1, name, "from 0 to below 1", value);
  }

  private static void require(boolean holds, String name, String wanted, double value) {
    if (!holds) {
      throw new IllegalArgumentException("%s must be %s, not %s".formatted(name, wanted, value));
    }
  }
}
