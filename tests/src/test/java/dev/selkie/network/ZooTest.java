package dev.selkie.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.TrainableNetwork;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network of the zoo, at its own input, goes forward and back once on two images. */
class ZooTest {
  private static final String ZOO = "dev.selkie.samples.";

  @ParameterizedTest
  @MethodSource("networks")
  void takesAStep(String name) {
    try (TrainableNetwork network = factory(name).create(Device.cpu(), Batch.batch(2))) {
      Batches.fill(network, 1);
      network.backend().ops().seed(1);
      network.forward();
      requireFinite("loss", Batches.values(network.loss()), false);
      network.backward();
      for (Parameter parameter : network.parameters()) {
        String path = parameter.name();
        // A hidden layer of a unit or two may well be silent for both images.
        boolean moves = parameter.dimensions().size() > 1 && !path.contains(".fc");
        requireFinite(path, Batches.values(parameter.gradient()), moves);
      }
    }
  }

  static Stream<String> networks() {
    return NetworkFactory.all().stream()
        .map(NetworkFactory::name)
        .filter(name -> name.startsWith(ZOO))
        .map(name -> name.substring(ZOO.length()));
  }

  /**
   * @param moves whether some gradient must differ from zero
   */
  private static void requireFinite(String what, float[] values, boolean moves) {
    boolean moved = !moves;
    for (float value : values) {
      assertTrue(Float.isFinite(value), () -> what + " holds " + value);
      moved |= value != 0;
    }
    assertTrue(moved, () -> "all gradients of " + what + " are zero");
  }

  private static NetworkFactory factory(String name) {
    return NetworkFactory.all().stream()
        .filter(factory -> factory.name().equals(ZOO + name))
        .findFirst()
        .orElseThrow();
  }
}
