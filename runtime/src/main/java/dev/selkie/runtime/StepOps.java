package dev.selkie.runtime;

/**
 * What is said before a step and differs from one to the next. None of it has a tensor, and none
 * belongs into what a backend records: a replay would repeat one step's.
 */
public interface StepOps {
  /** What this step's dropout and branch weights are drawn from. */
  void seed(long seed);

  /**
   * What this step's update uses.
   *
   * @param step number of the update, from 1
   */
  void learningRate(float rate, long step);
}
