package dev.selkie.training.bench;

/** A peer's network, its data and its optimiser, ready to step. Used by one thread. */
public interface PeerRun extends AutoCloseable {
  /** How it is set up, such as {@code channels_last}. */
  String variant();

  /**
   * One whole training step on synthetic data: forward, loss, backward, SGD with momentum and
   * weight decay. Returns when the work is done, not when it is queued.
   */
  void step();

  @Override
  void close();
}
