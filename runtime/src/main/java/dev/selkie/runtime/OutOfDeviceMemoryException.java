package dev.selkie.runtime;

/** A device has less memory left than is wanted. */
public final class OutOfDeviceMemoryException extends BackendException {
  private static final long serialVersionUID = 1;

  private final long usable;

  public OutOfDeviceMemoryException(String device, long wanted, long available, long total) {
    this(device, wanted, available, total, available);
  }

  /**
   * @param usable of what is available, bytes that could serve what is wanted
   */
  public OutOfDeviceMemoryException(
      String device, long wanted, long available, long total, long usable) {
    super(
        "%s: %,d bytes of device memory are wanted, but %,d of %,d are free; use a smaller batch"
            .formatted(device, wanted, available, total));
    this.usable = usable;
  }

  private OutOfDeviceMemoryException(String message, OutOfDeviceMemoryException cause) {
    super(message, cause);
    this.usable = cause.usable;
  }

  /** Bytes that could serve what was wanted. */
  public long usable() {
    return usable;
  }

  /** The same, with more to say about what it was wanted for. */
  OutOfDeviceMemoryException of(String plan) {
    return new OutOfDeviceMemoryException(getMessage() + ". " + plan, this);
  }
}
