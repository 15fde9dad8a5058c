package dev.selkie.training.bench;

import dev.selkie.runtime.SelkieException;

/** A peer that cannot take part, or not any longer: in one sentence why, and the way out. */
public final class PeerException extends SelkieException {
  private static final long serialVersionUID = 1L;

  public PeerException(String message) {
    super(message);
  }

  public PeerException(String message, Throwable cause) {
    super(message, cause);
  }
}
