package dev.selkie.runtime.conformance;

/**
 * How one case went.
 *
 * @param error of the tensor that came nearest to or beyond what is allowed, see {@link Tolerance}
 * @param detail what failed and where; empty for a case that passed
 */
public record Check(String name, Status status, double error, double allowed, String detail) {

  /** The outcome of a case; a backend that cannot be used is skipped by name. */
  public enum Status {
    PASSED,
    FAILED,
    SKIPPED
  }

  static Check failed(OpCase opCase, String detail) {
    return new Check(opCase.name(), Status.FAILED, Double.POSITIVE_INFINITY, 0, detail);
  }

  public boolean passed() {
    return status == Status.PASSED;
  }
}
