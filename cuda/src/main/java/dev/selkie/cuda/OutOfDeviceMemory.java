package dev.selkie.cuda;

/** The device has not so much memory left. */
final class OutOfDeviceMemory extends RuntimeException {
  private static final long serialVersionUID = 1;

  OutOfDeviceMemory(long bytes, Driver.Room room) {
    super(
        "%,d bytes of device memory are wanted, but %,d of %,d are free"
            .formatted(bytes, room.free(), room.total()));
  }
}
