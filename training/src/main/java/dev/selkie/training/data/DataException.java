package dev.selkie.training.data;

import dev.selkie.runtime.SelkieException;

/** A data set that cannot be had or read: what, where, and how to mend it. */
public final class DataException extends SelkieException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
