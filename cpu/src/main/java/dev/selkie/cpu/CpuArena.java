package dev.selkie.cpu;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.HostAccess;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** Native memory handed out by offset. */
final class CpuArena implements Arena {
  private final NativeMemory memory;

  CpuArena(NativeMemory memory) {
    this.memory = memory;
  }

  @Override
  public Tensor tensor(String name, Shape shape, Element element, long offset) {
    long size = element.bytes(shape.elements());
    if (offset < 0 || offset % 64 != 0 || size > memory.bytes() - offset) {
      throw new BackendException(
          "%s of %,d bytes does not fit at offset %,d of an arena of %,d; offsets are multiples of 64"
              .formatted(name, size, offset, memory.bytes()));
    }
    if (size > Integer.MAX_VALUE) {
      throw new BackendException(
          "%s takes %,d bytes, more than the 2 GB of one CPU tensor; use a smaller batch"
              .formatted(name, size));
    }
    return new CpuTensor(name, shape, element, memory, offset);
  }

  @Override
  public void watch(HostAccess watcher) {
    memory.watch(watcher);
  }

  @Override
  public long bytes() {
    return memory.bytes();
  }
}
