package dev.selkie.training;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.trace.CheckingOps;
import dev.selkie.runtime.trace.NonFiniteException;
import java.util.Optional;

/** Where a NaN or an infinity first appears in a network. */
final class NonFinite {
  private NonFinite() {}

  /**
   * Takes the forward pass again, verb by verb. Parameters and batch are still those of the pass
   * that failed.
   *
   * @param seed what that pass drew dropout from
   * @return the layer in words; empty where all is finite this time
   */
  static Optional<String> first(TrainableNetwork network, long seed) {
    Optional<Parameter> parameter =
        network.parameters().stream().filter(p -> !finite(p.value())).findFirst();
    if (parameter.isPresent()) {
      return parameter.map(p -> "parameter %s, by the update before".formatted(p.name()));
    }
    if (!finite(network.input())) {
      return Optional.of("the input");
    }
    return inForward(network, seed);
  }

  private static Optional<String> inForward(TrainableNetwork network, long seed) {
    Ops[] plain = new Ops[1];
    network.intercept(
        ops -> {
          plain[0] = ops;
          return CheckingOps.over(ops);
        });
    try {
      network.backend().stepOps().seed(seed);
      network.forward();
      return Optional.empty();
    } catch (NonFiniteException e) {
      return Optional.of("layer %s (%s)".formatted(e.tensor(), e.verb()));
    } finally {
      network.intercept(checking -> plain[0]);
    }
  }

  private static boolean finite(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().elements())];
    tensor.read(values);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
