package dev.selkie.cpu;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.HostAccess;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Zeroed native memory, aligned to a cache line, free of Java's limit of 2 GB a buffer. */
final class NativeMemory implements AutoCloseable {
  private static final int LINE = 64;

  private final Pointer block;
  private final BytePointer start;
  private final long bytes;
  private volatile boolean open = true;
  private Runnable settle = () -> {};
  private HostAccess watcher = HostAccess.UNWATCHED;

  private NativeMemory(Pointer block, long bytes) {
    this.block = block;
    this.start = new BytePointer(block).getPointer(-block.address() & (LINE - 1));
    this.bytes = bytes;
  }

  static NativeMemory allocate(long bytes) {
    if (bytes < 0) {
      throw new BackendException("cannot allocate %,d bytes".formatted(bytes));
    }
    // calloc hands out more than there is, and the process would be killed at the first touch.
    Pointer block = bytes <= Pointer.totalPhysicalBytes() ? Pointer.calloc(1, bytes + LINE) : null;
    if (block == null || block.isNull()) {
      throw new BackendException(
          "out of memory: the network wants %,d bytes and this machine has %,d; use a smaller batch"
              .formatted(bytes, Pointer.totalPhysicalBytes()));
    }
    return new NativeMemory(block, bytes);
  }

  /** The address {@code offset} bytes behind the start. */
  BytePointer at(long offset) {
    return start.getPointer(offset);
  }

  /** What must run before anyone looks at this memory from outside. */
  void settleBy(Runnable work) {
    settle = work;
  }

  void settle() {
    settle.run();
  }

  /** Who is told when the host reads or writes. */
  void watch(HostAccess by) {
    watcher = by;
  }

  HostAccess watcher() {
    return watcher;
  }

  long bytes() {
    return bytes;
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      Pointer.free(block);
    }
  }
}
