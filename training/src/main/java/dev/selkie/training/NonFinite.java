package dev.selkie.training;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import java.util.Optional;

/** Where a NaN or an infinity first appears in a network. */
final class NonFinite {
  private NonFinite() {}

  /** In words; empty where all parameters and activations are finite. */
  static Optional<String> first(TrainableNetwork network) {
    for (Parameter parameter : network.parameters()) {
      if (!finite(parameter.value())) {
        return Optional.of("parameter %s, since an earlier update".formatted(parameter.name()));
      }
    }
    if (!finite(network.input())) {
      return Optional.of("the input");
    }
    return network.activations().stream()
        .filter(activation -> !finite(activation))
        .findFirst()
        .map(activation -> "layer " + activation.name());
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
