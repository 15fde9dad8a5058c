package dev.selkie.training.data;

import dev.selkie.runtime.SelkieException;

/** A data set or picture that cannot be fetched, read or drawn: what, where, and the way out. */
public final class DataException extends SelkieException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
