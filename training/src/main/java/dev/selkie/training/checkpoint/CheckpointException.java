package dev.selkie.training.checkpoint;

import dev.selkie.runtime.SelkieException;

/** A file of weights that cannot be read, written or used: what, where, and how to mend it. */
public final class CheckpointException extends SelkieException {
  private static final long serialVersionUID = 1L;

  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
