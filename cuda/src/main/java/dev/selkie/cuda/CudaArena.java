package dev.selkie.cuda;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.HostAccess;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** One allocation on the device. */
final class CudaArena implements Arena {
  private final long address;
  private final long bytes;
  private final Transfers transfers;
  private HostAccess watcher = HostAccess.UNWATCHED;

  CudaArena(long address, long bytes, Transfers transfers) {
    this.address = address;
    this.bytes = bytes;
    this.transfers = transfers;
  }

  @Override
  public Tensor tensor(String name, Shape shape, Element element, long offset) {
    long end = offset + element.bytes(shape.elements());
    if (offset < 0 || offset % Layout.ALIGNMENT != 0 || end > bytes) {
      throw new BackendException(
          "%s (%s %s) at byte %d does not fit an arena of %d bytes; give it an offset that is a multiple of %d and ends inside"
              .formatted(name, shape, element, offset, bytes, Layout.ALIGNMENT));
    }
    return new DeviceTensor(name, shape, element, address + offset, this);
  }

  @Override
  public void watch(HostAccess by) {
    watcher = by;
  }

  HostAccess watcher() {
    return watcher;
  }

  Transfers transfers() {
    return transfers;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  long address() {
    return address;
  }
}
