package dev.selkie.training.optimizer;

import dev.selkie.runtime.Tensor;
import java.util.List;

/** An optimiser at work on one network. Allocates nothing in a step. */
public interface OptimizerState {
  /**
   * Sets what {@link #update} uses. Apart from it, since an update may be recorded once and carried
   * out for many steps.
   *
   * @param rate this step's learning rate
   * @param step from 1, counted over all epochs
   */
  void prepare(float rate, long step);

  /** Updates all parameters from their gradients. */
  void update();

  /** What it remembers, under names that are unique, for checkpoints. */
  List<Tensor> memory();
}
