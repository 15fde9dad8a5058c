package dev.selkie.runtime.trace;

import dev.selkie.runtime.SelkieException;

/** A verb left something that is no number. */
public final class NonFiniteException extends SelkieException {
  private static final long serialVersionUID = 1L;

  private final String verb;
  private final String tensor;

  NonFiniteException(String verb, String tensor, String message) {
    super(message);
    this.verb = verb;
    this.tensor = tensor;
  }

  /** The verb that wrote the value. */
  public String verb() {
    return verb;
  }

  /** The path of the tensor that holds it. */
  public String tensor() {
    return tensor;
  }
}
