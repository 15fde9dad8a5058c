package dev.selkie.training.bench;

/**
 * A network, its data and its optimiser, ready to step. Used by one thread. Its methods throw
 * {@link PeerException} where it cannot go on.
 */
public interface PeerRun extends AutoCloseable {
  /** The framework's own version. */
  String version();

  /** What it runs on, by the name its maker gave it; empty where that is known anyway. */
  default String hardware() {
    return "";
  }

  /**
   * Whole training steps on synthetic data: forward, loss, backward, SGD with momentum and weight
   * decay.
   *
   * @return nanoseconds until the last step's work was done, not only queued
   */
  long steps(int count);

  /** Memory so far, or null where it cannot be told. */
  default PeerMemory memory() {
    return null;
  }

  /** Others step now: gives back memory that they may need. */
  default void rest() {}

  @Override
  void close();
}
