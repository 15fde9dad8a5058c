package dev.selkie.runtime;

/**
 * Batches on their way to a network, put ahead while earlier work runs and taken when their step
 * begins. Used by one thread, in turn: at most two batches wait.
 */
public interface Feed extends AutoCloseable {
  /**
   * Lets a batch wait behind the one that waits already. The arrays must stay as they are until it
   * is taken.
   *
   * @param images as the network's input has them, NHWC
   * @param labels class numbers
   */
  void put(float[] images, float[] labels);

  /** Writes the batch that has waited longest to the network's input and labels. */
  void take();

  @Override
  void close();
}
