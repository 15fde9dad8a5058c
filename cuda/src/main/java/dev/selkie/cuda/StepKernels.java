package dev.selkie.cuda;

import static dev.selkie.cuda.DeviceTensor.address;
import static dev.selkie.cuda.KernelVerbs.gradient;
import static dev.selkie.cuda.KernelVerbs.same;
import static dev.selkie.cuda.KernelVerbs.type;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Tensor;

/** What surrounds the layers of a step: biases, loss, optimisers and what they know of the step. */
interface StepKernels extends KernelVerbs {

  @Override
  default void biasBackward(Parameter bias, Tensor dy) {
    int channels = dy.shape().channels();
    KernelVerbs.holds("biasBackward", bias.gradient(), channels);
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
    same("softmaxCrossEntropy", dLogits, logits);
    int samples = logits.shape().batch();
    KernelVerbs.holds("softmaxCrossEntropy", loss, samples);
    KernelVerbs.holds("softmaxCrossEntropy", labels, samples);
    StepNatives.softmaxCrossEntropy(
        address(loss),
        address(dLogits),
        KernelType.FLOAT32.code(),
        0,
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

  /**
   * Tells the optimiser its learning rate. Where a step is replayed from a graph, whoever replays
   * it writes the rate to the state instead.
   *
   * @param step the update to come, from 1; 0 counts on
   */
  default void stepRate(float rate, long step) {
    StepNatives.stepRate(state(), rate, step, stream());
  }

  @Override
  default void sgd(
      ParameterSpan parameters,
      Tensor velocity,
      float rate,
      float momentum,
      float decay,
      boolean nesterov) {
    same("sgd", parameters.gradients(), parameters.values());
    same("sgd", velocity, parameters.values());
    stepRate(rate, 0);
    StepNatives.sgd(
        address(parameters.values()),
        address(velocity),
        KernelType.FLOAT32.code(),
        0,
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
      float rate,
      float beta1,
      float beta2,
      float epsilon,
      float decay,
      long step) {
    same("adamW", parameters.gradients(), parameters.values());
    same("adamW", mean, parameters.values());
    same("adamW", square, parameters.values());
    stepRate(rate, step);
    StepNatives.adamW(
        address(parameters.values()),
        address(mean),
        address(square),
        KernelType.FLOAT32.code(),
        0,
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
