package dev.selkie.runtime;

/** What a backend throws: what failed, where, and how to mend it. */
public class BackendException extends SelkieException {
  private static final long serialVersionUID = 1L;

  public BackendException(String message) {
    super(message);
  }

  public BackendException(String message, Throwable cause) {
    super(message, cause);
  }
}
