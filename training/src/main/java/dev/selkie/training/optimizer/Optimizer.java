package dev.selkie.training.optimizer;

import dev.selkie.runtime.TrainableNetwork;

/** The recipe of an optimiser: numbers only, good for any network. */
public interface Optimizer {
  /** The learning rate that a {@link Schedule} scales. */
  double learningRate();

  /** One line for people, such as {@code SGD 0.1, momentum 0.9}. */
  String describe();

  /** Allocates what the optimiser remembers, on the network's device, zero at first. */
  OptimizerState bind(TrainableNetwork network);
}
