package dev.selkie.peer;

import org.bytedeco.pytorch.OptimizerParamGroup;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A model in training: its state, the loss, autograd and PyTorch's own SGD. */
public final class TorchNetwork implements AutoCloseable {
  static {
    Torch.load();
  }

  private static final long MEAN = 1;
  private static final long EACH = 0;
  private static final long IGNORE_NONE = -100;

  private final TorchModel model;
  private final TorchState state;
  private final TorchLayers layers;
  private final double rate;
  private final double momentum;
  private final double decay;
  private SGD sgd;

  /**
   * Trains the model from this state, which it then owns.
   *
   * @param decay of weights with more than one dimension; norms and biases have none
   */
  public TorchNetwork(
      TorchModel model, TorchState state, double rate, double momentum, double decay) {
    this.model = model;
    this.state = state;
    this.layers = new TorchLayers(state);
    this.rate = rate;
    this.momentum = momentum;
    this.decay = decay;
  }

  public TorchState state() {
    return state;
  }

  /**
   * Logits, (N, classes); also updates the running statistics.
   *
   * @param images (N, C, H, W)
   */
  public Tensor forward(Tensor images) {
    return model.logits(layers, images);
  }

  /** Cross-entropy of each sample, (N). */
  public static Tensor losses(Tensor logits, Tensor labels) {
    return crossEntropy(logits, labels, EACH);
  }

  /** Adds the gradients of the mean cross-entropy. */
  public void backward(Tensor logits, Tensor labels) {
    crossEntropy(logits, labels, MEAN).backward();
  }

  /** Updates the parameters and drops their gradients. */
  public void step() {
    if (sgd == null) {
      sgd = optimizer();
    }
    sgd.step();
    sgd.zero_grad();
  }

  @Override
  public void close() {
    if (sgd != null) {
      sgd.close();
    }
    state.close();
  }

  private SGD optimizer() {
    SGD optimizer = new SGD(parameters(true), options(decay));
    optimizer.retainReference();
    optimizer.add_param_group(new OptimizerParamGroup(parameters(false), options(0)));
    return optimizer;
  }

  private TensorVector parameters(boolean decayed) {
    return new TensorVector(
        state.parameters().values().stream()
            .filter(p -> (p.dim() > 1) == decayed)
            .toArray(Tensor[]::new));
  }

  private SGDOptions options(double weightDecay) {
    SGDOptions options = new SGDOptions(rate);
    options.momentum().put(momentum);
    options.weight_decay().put(weightDecay);
    return options;
  }

  private static Tensor crossEntropy(Tensor logits, Tensor labels, long reduction) {
    return torch.cross_entropy_loss(
        logits, labels, new TensorOptional(), reduction, IGNORE_NONE, 0);
  }
}
