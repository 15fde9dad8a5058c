package dev.selkie.training.verify;

/**
 * One comparison.
 *
 * @param error what was found, or null where nothing could be compared
 * @param allowed what {@code error} may be at most
 * @param note why it was skipped or how it failed; empty where there is nothing to say
 */
public record CheckResult(String name, Status status, Double error, Double allowed, String note) {

  /** How a comparison ended. */
  public enum Status {
    PASSED,
    FAILED,
    SKIPPED
  }

  public static CheckResult compared(String name, double error, double allowed) {
    // Written so that NaN fails.
    Status status = error <= allowed ? Status.PASSED : Status.FAILED;
    return new CheckResult(name, status, error, allowed, "");
  }

  /** The same with a note. */
  public CheckResult noted(String text) {
    return new CheckResult(name, status, error, allowed, text);
  }

  public static CheckResult failed(String name, String note) {
    return new CheckResult(name, Status.FAILED, null, null, note);
  }

  public static CheckResult skipped(String name, String note) {
    return new CheckResult(name, Status.SKIPPED, null, null, note);
  }
}
