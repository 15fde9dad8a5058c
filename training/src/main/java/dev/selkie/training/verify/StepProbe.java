package dev.selkie.training.verify;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.conformance.LossScale;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes one step of a network with weights and images drawn from a seed, and reads what came out.
 */
final class StepProbe implements AutoCloseable {
  private final TrainableNetwork network;
  private final Element type;
  private final long seed;

  /**
   * @param type that weights and images are rounded to before they are written
   */
  StepProbe(TrainableNetwork network, Element type, long seed) {
    this.network = network;
    this.type = type;
    this.seed = seed;
    LossScale.lower(network.backend());
  }

  /**
   * Logits with losses (few numbers, whose error alone would be luck), every parameter's gradient,
   * then the logits of inference.
   */
  List<Quantity> quantities() {
    network.initialize(seed);
    Probes.roundWeights(network, type);
    Probes.writeBatch(network, seed, type);
    network.backend().ops().seed(seed);
    network.forward();
    List<Quantity> quantities = new ArrayList<>();
    quantities.add(Quantity.of("logits and loss", List.of(network.logits(), network.loss())));
    network.backward();
    float scale = network.backend().lossScale();
    for (Parameter parameter : network.parameters()) {
      float[] gradient = Probes.read(parameter.gradient());
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] /= scale;
      }
      quantities.add(new Quantity("d " + parameter.name(), gradient));
    }
    network.fold();
    Probes.writeBatch(network, seed, type);
    network.infer();
    quantities.add(Quantity.of("inference", List.of(network.logits())));
    return quantities;
  }

  @Override
  public void close() {
    network.close();
  }
}
