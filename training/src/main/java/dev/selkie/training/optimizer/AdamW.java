package dev.selkie.training.optimizer;

import dev.selkie.runtime.TrainableNetwork;

/**
 * Adam with decoupled weight decay as PyTorch's {@code torch.optim.AdamW} (Loshchilov and Hutter,
 * 2019).
 *
 * @param beta1 share of the old mean of gradients
 * @param beta2 share of the old mean of squared gradients
 * @param weightDecay on weights of convolutions and dense layers, not on norms and biases
 */
public record AdamW(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {

  public AdamW {
    Ranges.requirePositive("learning rate", learningRate);
    Ranges.requireShare("beta1", beta1);
    Ranges.requireShare("beta2", beta2);
    Ranges.requirePositive("epsilon", epsilon);
    Ranges.requireNotNegative("weight decay", weightDecay);
  }

  /** With PyTorch's defaults: betas 0.9 and 0.999, epsilon 1e-8, weight decay 0.01. */
  public static AdamW adamW(double learningRate) {
    return new AdamW(learningRate, 0.9, 0.999, 1e-8, 0.01);
  }

  public AdamW betas(double mean, double square) {
    return new AdamW(learningRate, mean, square, epsilon, weightDecay);
  }

  public AdamW weightDecay(double decay) {
    return new AdamW(learningRate, beta1, beta2, epsilon, decay);
  }

  @Override
  public String describe() {
    return "AdamW %s, betas %s and %s, weight decay %s"
        .formatted(learningRate, beta1, beta2, weightDecay);
  }

  @Override
  public OptimizerState bind(TrainableNetwork network) {
    return new AdamWState(this, network);
  }
}
