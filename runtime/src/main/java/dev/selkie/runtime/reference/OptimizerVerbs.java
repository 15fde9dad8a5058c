package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Tensor;
import java.util.List;

/** Updates as PyTorch's {@code torch.optim} makes them, with a velocity of zero at first. */
interface OptimizerVerbs extends Verbs {
  float rate();

  long step();

  /** The loss is not scaled: no gradient can have grown too large for its type. */
  @Override
  default void beginUpdate(List<ParameterSpan> spans) {}

  @Override
  default void endUpdate() {}

  @Override
  default void sgd(
      ParameterSpan parameters, Tensor velocity, float momentum, float decay, boolean nesterov) {
    ReferenceTensor w = ref(parameters.values());
    ReferenceTensor v = ref(velocity);
    for (int i = 0; i < w.size(); i++) {
      double g = round(ref(parameters.gradients()).get(i) + round(decay * w.get(i)));
      v.set(i, round(momentum * v.get(i)) + g);
      double change = nesterov ? round(g + round(momentum * v.get(i))) : v.get(i);
      w.set(i, w.get(i) - round(rate() * change));
    }
  }

  @Override
  default void adamW(
      ParameterSpan parameters,
      Tensor mean,
      Tensor square,
      float beta1,
      float beta2,
      float epsilon,
      float decay) {
    // Scalars of the whole step: the host has them in double in any precision.
    double kept = 1 - (double) rate() * decay;
    double stepSize = rate() / (1 - Math.pow(beta1, (double) step()));
    double correction = Math.sqrt(1 - Math.pow(beta2, (double) step()));
    ReferenceTensor w = ref(parameters.values());
    ReferenceTensor m = ref(mean);
    ReferenceTensor v = ref(square);
    for (int i = 0; i < w.size(); i++) {
      double g = ref(parameters.gradients()).get(i);
      m.set(i, round(beta1 * m.get(i)) + round(round(1 - (double) beta1) * g));
      v.set(i, round(beta2 * v.get(i)) + round(round(1 - (double) beta2) * round(g * g)));
      double root = round(round(Math.sqrt(v.get(i))) / round(correction));
      double direction = round(m.get(i) / round(root + epsilon));
      w.set(i, round(round(kept) * w.get(i)) - round(round(stepSize) * direction));
    }
  }
}
