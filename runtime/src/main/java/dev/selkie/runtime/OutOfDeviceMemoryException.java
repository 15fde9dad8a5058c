package dev.selkie.runtime;

/** A device has less memory left than is wanted. */
public final class OutOfDeviceMemoryException extends BackendException {
  private static final long serialVersionUID = 1;

  private final long available;

  public OutOfDeviceMemoryException(String device, long wanted, long available, long total) {
    super(
        "%s: %,d bytes of device memory are wanted, but %,d of %,d are free; use a smaller batch"
            .formatted(device, wanted, available, total));
    this.available = available;
  }

  private OutOfDeviceMemoryException(String message, OutOfDeviceMemoryException cause) {
    super(message, cause);
    this.available = cause.available;
  }

  /** Bytes that are free. */
  public long available() {
    return available;
  }

  /** The same, with more to say about what it was wanted for. */
  OutOfDeviceMemoryException of(String plan) {
    return new OutOfDeviceMemoryException(getMessage() + ". " + plan, this);
  }
}
