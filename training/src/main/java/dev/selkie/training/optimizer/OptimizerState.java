package dev.selkie.training.optimizer;

import dev.selkie.runtime.Tensor;
import java.util.List;

/** An optimiser at work on one network. Allocates nothing in a step. */
public interface OptimizerState {
  /**
   * Updates all parameters from their gradients.
   *
   * @param rate this step's learning rate
   * @param step from 1, counted over all epochs
   */
  void update(float rate, long step);

  /** What it remembers, under names that are unique, for checkpoints. */
  List<Tensor> memory();
}
