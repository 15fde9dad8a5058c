package dev.selkie.training;

import dev.selkie.runtime.SelkieException;

/** Training that cannot go on: what, at which step, in which layer. */
public final class TrainingException extends SelkieException {
  private static final long serialVersionUID = 1L;

  public TrainingException(String message) {
    super(message);
  }

  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
