package dev.selkie.runtime;

/** One allocation of a backend, handed out by offset and zero at first. Closed with its backend. */
public interface Arena {
  /**
   * A view of the bytes from {@code offset} on; views may overlap.
   *
   * @param offset in bytes, a multiple of 64
   */
  Tensor tensor(String name, Shape shape, Element element, long offset);

  long bytes();

  /**
   * Has all reads and writes of its tensors by the host, from now on, announced to the watcher. A
   * backend that does not leaves its tensors unwatched.
   */
  default void watch(HostAccess watcher) {}
}
