package dev.selkie.runtime;

/**
 * Told before and after the host reads or writes a tensor of an {@link Arena}, so that a network
 * can refuse what would disturb another thread's step.
 */
public interface HostAccess {
  /** Of an arena that nobody watches. */
  HostAccess UNWATCHED =
      new HostAccess() {
        @Override
        public void begin(Tensor tensor, boolean write) {}

        @Override
        public void end() {}
      };

  /**
   * @param write whether the tensor is about to be written, or else read
   * @throws IllegalStateException where the calling thread must not, now; nothing has begun then
   */
  void begin(Tensor tensor, boolean write);

  /** After the copy, also one that failed. */
  void end();
}
