package dev.selkie.training.optimizer;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.StepOps;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.check.CheckedOps;
import java.util.List;
import java.util.function.Consumer;

/** One velocity per parameter. */
final class SgdState implements OptimizerState {
  private final TrainableNetwork network;
  private final Consumer<Ops> work = this::update;
  private final StepOps stepOps;
  private final List<ParameterSpan> all;
  private final ParameterSpan[] spans;
  private final Tensor[] velocities;
  private final float momentum;
  private final float decay;
  private final boolean nesterov;

  SgdState(Sgd sgd, TrainableNetwork network) {
    this.network = network;
    this.stepOps = network.backend().stepOps();
    this.all = network.spans();
    this.spans = all.toArray(ParameterSpan[]::new);
    this.velocities = SpanMemory.allocate(network, "velocity");
    this.momentum = (float) sgd.momentum();
    this.decay = (float) sgd.weightDecay();
    this.nesterov = sgd.nesterov();
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
      verbs.sgd(spans[i], velocities[i], momentum, spanDecay, nesterov);
    }
    verbs.endUpdate();
  }

  @Override
  public List<Tensor> memory() {
    return List.of(velocities);
  }
}
