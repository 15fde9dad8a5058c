package dev.selkie.runtime.check;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Tensor;
import java.util.List;

/**
 * What surrounds the layers of a step: parameters, gradients and the optimiser's memory are alike.
 */
interface UpdateRules extends Ops {
  /** Any number will do. */
  @Override
  default void seed(long seed) {}

  @Override
  default void learningRate(float rate, long step) {
    Require.notNegative("the learning rate", rate);
    Require.atLeast("the number of the step", 1, step);
  }

  @Override
  default void beginUpdate(List<ParameterSpan> spans) {
    spans.forEach(UpdateRules::span);
  }

  /** Has no operands. */
  @Override
  default void endUpdate() {}

  @Override
  default void sgd(
      ParameterSpan parameters, Tensor velocity, float momentum, float decay, boolean nesterov) {
    Require.share("the momentum", momentum);
    Require.notNegative("the weight decay", decay);
    span(parameters);
    state("velocity", velocity, parameters);
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
    Require.share("beta1", beta1);
    Require.share("beta2", beta2);
    Require.that(
        epsilon > 0 && epsilon < Float.POSITIVE_INFINITY,
        "epsilon is %s in float32 but must be positive",
        epsilon);
    Require.notNegative("the weight decay", decay);
    span(parameters);
    state("mean", mean, parameters);
    state("square", square, parameters);
    Require.apart(mean, square);
  }

  private static void span(ParameterSpan span) {
    Require.that(span.values() != null, "the values of a span are null");
    Require.part("values", span.values(), span.values().shape());
    Require.part("gradients", span.gradients(), span.values().shape());
  }

  private static void state(String component, Tensor state, ParameterSpan span) {
    Require.part(component, state, span.values().shape());
    Require.apart(state, span.values(), span.gradients());
    Require.apart(span.values(), span.gradients());
  }
}
