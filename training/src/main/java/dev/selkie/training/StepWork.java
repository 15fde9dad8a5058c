package dev.selkie.training;

import dev.selkie.runtime.Replay;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.optimizer.OptimizerState;

/**
 * Forward, loss, backward and update of one network. A backend that records them once launches all
 * of it by one call from the second step on: the first makes what verbs make when they first run.
 */
public final class StepWork {
  private final TrainableNetwork network;
  private final OptimizerState optimizer;
  private boolean eager;
  private boolean ran;
  private Replay recorded;

  /**
   * @param eager whether to call verb by verb, also where the backend could record them
   */
  public StepWork(TrainableNetwork network, OptimizerState optimizer, boolean eager) {
    this.network = network;
    this.optimizer = optimizer;
    this.eager = eager;
  }

  /** Launches the step where it is recorded; where not, says so: the verbs are to be called. */
  public boolean launched() {
    if (recorded == null && ran && !eager) {
      recorded = network.backend().record(this::verbs).orElse(null);
      eager = recorded == null;
    }
    ran = true;
    if (recorded == null) {
      return false;
    }
    recorded.launch();
    return true;
  }

  /** The whole step, verb by verb. */
  public void verbs() {
    network.forward();
    backward();
  }

  /** What comes after the loss. */
  void backward() {
    network.backward();
    optimizer.update();
  }
}
