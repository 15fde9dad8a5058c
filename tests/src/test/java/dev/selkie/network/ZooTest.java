package dev.selkie.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.NetworkSummary;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.TrainableNetwork;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Networks of the zoo, at their own inputs, go forward and back once on two images: the smallest
 * ones that together have every kind of layer that the zoo has, or with {@code -Dselkie.zoo=all}
 * every network, which takes minutes.
 */
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
    List<NetworkSummary> zoo =
        NetworkFactory.all().stream()
            .map(NetworkFactory::summary)
            .filter(summary -> summary.network().startsWith(ZOO))
            .sorted(Comparator.comparingLong(NetworkSummary::multiplyAdds))
            .toList();
    assertTrue(zoo.size() > 100, () -> "only " + zoo.size());
    boolean all = "all".equals(System.getProperty("selkie.zoo"));
    Set<String> covered = new HashSet<>();
    return zoo.stream()
        .filter(summary -> covered.addAll(kinds(summary)) || all)
        .map(summary -> summary.network().substring(ZOO.length()));
  }

  /**
   * Layers as a summary names them, without numbers: {@code Conv 3x3 groups 32} is a Conv groups.
   */
  private static Set<String> kinds(NetworkSummary summary) {
    return summary.layers().stream()
        .map(layer -> layer.op().replaceAll("[^A-Za-z ]*[0-9]\\S*|[+/]", "").strip())
        .map(op -> op.replaceAll(" +", " "))
        .collect(Collectors.toSet());
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
