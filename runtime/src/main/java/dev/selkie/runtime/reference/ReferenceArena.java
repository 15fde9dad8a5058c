package dev.selkie.runtime.reference;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.HostAccess;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.Shape;

/**
 * Memory as an array of doubles, one slot for every two bytes: a value of 16 bits takes a slot, a
 * FLOAT32 value stands in two, two UINT8 values or 16 bits share one as an unsigned integer. So
 * views overlap as they would in bytes.
 */
public final class ReferenceArena implements Arena {
  static final int SLOT_BYTES = 2;

  private final long bytes;
  private final double[] slots;
  private final Arithmetic arithmetic;
  private HostAccess watcher = HostAccess.UNWATCHED;

  ReferenceArena(long bytes, Arithmetic arithmetic) {
    long needed = Math.max(0, bytes + SLOT_BYTES - 1) / SLOT_BYTES;
    if (bytes < 0 || needed > Integer.MAX_VALUE - 8) {
      throw new BackendException(
          "the reference cannot allocate %d bytes; use a smaller batch or another device"
              .formatted(bytes));
    }
    this.bytes = bytes;
    this.slots = new double[(int) needed];
    this.arithmetic = arithmetic;
  }

  @Override
  public ReferenceTensor tensor(String name, Shape shape, Element element, long offset) {
    long end = offset + element.bytes(shape.elements());
    if (offset < 0 || offset % Layout.ALIGNMENT != 0 || end > bytes) {
      throw new BackendException(
          "%s (%s %s) at byte %d does not fit an arena of %d bytes; give it an offset that is a multiple of %d and ends inside"
              .formatted(name, shape, element, offset, bytes, Layout.ALIGNMENT));
    }
    int first = (int) (offset / SLOT_BYTES);
    return new ReferenceTensor(name, shape, element, this, slots, first);
  }

  @Override
  public void watch(HostAccess by) {
    watcher = by;
  }

  HostAccess watcher() {
    return watcher;
  }

  Arithmetic arithmetic() {
    return arithmetic;
  }

  @Override
  public long bytes() {
    return bytes;
  }
}
