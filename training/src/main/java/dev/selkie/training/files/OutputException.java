package dev.selkie.training.files;

import dev.selkie.runtime.SelkieException;

/** A file or folder that cannot be written: which, and why. */
public final class OutputException extends SelkieException {
  private static final long serialVersionUID = 1L;

  public OutputException(String message) {
    super(message);
  }

  public OutputException(String message, Throwable cause) {
    super(message, cause);
  }
}
