package dev.selkie.cuda;

import static dev.selkie.cuda.DeviceTensor.address;
import static dev.selkie.cuda.KernelVerbs.gradient;
import static dev.selkie.cuda.KernelVerbs.type;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Tensor;
import java.util.List;

/** What surrounds the layers of a step: biases, loss, optimisers and what they know of the step. */
interface StepKernels extends KernelVerbs {
  /** Good steps after which the loss scale doubles, as in PyTorch's GradScaler. */
  int GROWTH_INTERVAL = 2000;

  @Override
  default void biasBackward(Parameter bias, Tensor dy) {
    int channels = dy.shape().channels();
    long rows = KernelVerbs.rows(dy);
    StepNatives.biasBackward(
        type(dy),
        gradient(bias),
        scratch(Float.BYTES * StepNatives.biasBackwardScratch(rows, channels)),
        address(dy),
        rows,
        channels,
        stream());
  }

  /**
   * A label that is no class number cannot be refused here, since the host does not read it: it
   * makes its sample's loss and gradient NaN.
   */
  @Override
  default void softmaxCrossEntropy(
      Tensor loss, Tensor dLogits, Tensor logits, Tensor labels, float smoothing) {
    int samples = logits.shape().batch();
    StepNatives.softmaxCrossEntropy(
        type(logits),
        address(loss),
        address(dLogits),
        address(logits),
        address(labels),
        state(),
        smoothing,
        samples,
        logits.shape().perSample(),
        stream());
  }

  @Override
  default void seed(long seed) {
    StepNatives.stepSeed(state(), seed, stream());
  }

  @Override
  default void learningRate(float rate, long step) {
    StepNatives.stepRate(state(), rate, step, stream());
  }

  /** In float16 the loss is scaled, and a scale that is too large shows in the gradients. */
  @Override
  default void beginUpdate(List<ParameterSpan> spans) {
    if (precision() != Precision.FLOAT16) {
      return;
    }
    for (int i = 0; i < spans.size(); i++) {
      Tensor gradients = spans.get(i).gradients();
      StepNatives.findOverflow(state(), address(gradients), gradients.shape().elements(), stream());
    }
  }

  @Override
  default void endUpdate() {
    StepNatives.stepEnd(state(), precision() == Precision.FLOAT16 ? GROWTH_INTERVAL : 0, stream());
  }

  @Override
  default void sgd(
      ParameterSpan parameters, Tensor velocity, float momentum, float decay, boolean nesterov) {
    StepNatives.sgd(
        address(parameters.values()),
        address(velocity),
        copyType(),
        copy(address(parameters.values())),
        address(parameters.gradients()),
        state(),
        momentum,
        decay,
        nesterov,
        parameters.values().shape().elements(),
        stream());
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
    StepNatives.adamW(
        address(parameters.values()),
        address(mean),
        address(square),
        copyType(),
        copy(address(parameters.values())),
        address(parameters.gradients()),
        state(),
        beta1,
        beta2,
        epsilon,
        decay,
        parameters.values().shape().elements(),
        stream());
  }
}
