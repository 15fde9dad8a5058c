package dev.selkie.training.optimizer;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.StepOps;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.check.CheckedOps;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Two means per parameter: of its gradients and of their squares. */
final class AdamWState implements OptimizerState {
  private final TrainableNetwork network;
  private final Consumer<Ops> work = this::update;
  private final StepOps stepOps;
  private final List<ParameterSpan> all;
  private final ParameterSpan[] spans;
  private final Tensor[] means;
  private final Tensor[] squares;
  private final float beta1;
  private final float beta2;
  private final float epsilon;
  private final float decay;

  AdamWState(AdamW adamW, TrainableNetwork network) {
    this.network = network;
    this.stepOps = network.backend().stepOps();
    this.all = network.spans();
    this.spans = all.toArray(ParameterSpan[]::new);
    this.means = SpanMemory.allocate(network, "mean");
    this.squares = SpanMemory.allocate(network, "square");
    this.beta1 = (float) adamW.beta1();
    this.beta2 = (float) adamW.beta2();
    this.epsilon = (float) adamW.epsilon();
    this.decay = (float) adamW.weightDecay();
    update(CheckedOps.rules());
  }

  @Override
  public void prepare(float rate, long step) {
    stepOps.learningRate(rate, step);
  }

  @Override
  public void update() {
    network.update(work);
  }

  private void update(Ops verbs) {
    verbs.beginUpdate(all);
    for (int i = 0; i < spans.length; i++) {
      float spanDecay = spans[i].decayed() ? decay : 0;
      verbs.adamW(spans[i], means[i], squares[i], beta1, beta2, epsilon, spanDecay);
    }
    verbs.endUpdate();
  }

  @Override
  public List<Tensor> memory() {
    return Stream.of(means, squares).flatMap(Stream::of).toList();
  }
}
