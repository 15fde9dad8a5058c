package dev.selkie.runtime;

/**
 * The root of everything that Selkie throws on purpose: a fault of input, of a file, of a device or
 * of a run, told in one sentence that says what is wrong, where, and how to mend it. The command
 * line prints the sentence alone; any other exception is a bug, and shows its stack.
 */
public class SelkieException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SelkieException(String message) {
    super(message);
  }

  public SelkieException(String message, Throwable cause) {
    super(message, cause);
  }
}
