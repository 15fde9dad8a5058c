package dev.selkie.training.cli;

/**
 * What a command came to.
 *
 * @param report its JSON; null where there is none
 * @param success whether it counts as one
 * @param error why a command failed that has a report all the same, else null
 */
record Outcome(Object report, boolean success, String error) {
  static Outcome of(Object report) {
    return new Outcome(report, true, null);
  }

  /** A report that tells by itself whether all is well. */
  static Outcome of(Object report, boolean success) {
    return new Outcome(report, success, null);
  }

  /** What was done before the command failed. */
  static Outcome failed(Object report, String error) {
    return new Outcome(report, false, error);
  }
}
