package dev.selkie.cuda;

import dev.selkie.runtime.BackendException;

/** The device does not answer any more: nothing on it can be read, or even freed. */
final class DeviceLostException extends BackendException {
  private static final long serialVersionUID = 1;

  DeviceLostException(String message) {
    super(message);
  }
}
