package dev.selkie.training.optimizer;

import dev.selkie.runtime.TrainableNetwork;

/**
 * Stochastic gradient descent as PyTorch's {@code torch.optim.SGD}: {@code g += weightDecay w; v =
 * momentum v + g; w -= rate v}, or with Nesterov's momentum {@code w -= rate (g + momentum v)}.
 *
 * @param weightDecay on weights of convolutions and dense layers, not on norms and biases
 */
public record Sgd(double learningRate, double momentum, double weightDecay, boolean nesterov)
    implements Optimizer {

  public Sgd {
    Ranges.requirePositive("learning rate", learningRate);
    Ranges.requireShare("momentum", momentum);
    Ranges.requireNotNegative("weight decay", weightDecay);
  }

  /** Plain gradient descent. */
  public static Sgd sgd(double learningRate) {
    return new Sgd(learningRate, 0, 0, false);
  }

  public Sgd momentum(double share) {
    return new Sgd(learningRate, share, weightDecay, nesterov);
  }

  public Sgd weightDecay(double decay) {
    return new Sgd(learningRate, momentum, decay, nesterov);
  }

  /** Takes the gradient as if the momentum's step were already made (Sutskever et al., 2013). */
  public Sgd withNesterov() {
    return new Sgd(learningRate, momentum, weightDecay, true);
  }

  @Override
  public String describe() {
    return "SGD %s, momentum %s%s, weight decay %s"
        .formatted(learningRate, momentum, nesterov ? " (Nesterov)" : "", weightDecay);
  }

  @Override
  public OptimizerState bind(TrainableNetwork network) {
    return new SgdState(this, network);
  }
}
