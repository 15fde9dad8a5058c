package dev.selkie.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.conformance.GuardedBackend;
import dev.selkie.training.checkpoint.Checkpoint;
import dev.selkie.training.optimizer.AdamW;
import dev.selkie.training.optimizer.Optimizer;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks that have no parameters of one kind, or none at all, learn what they can. */
class EmptyRegionsTest {
  private static final int BATCH = 3;

  @TempDir Path folder;

  /** A network, a device, and whether each of its spans decays. */
  private record Case(NetworkFactory factory, Device device, List<Boolean> decayed) {
    TrainableNetwork network() {
      return factory.create(GuardedBackend.over(device), Batch.batch(BATCH));
    }

    @Override
    public String toString() {
      return "%s on %s".formatted(factory.name(), device);
    }
  }

  static Stream<Case> cases() {
    return Stream.of("reference", "cpu")
        .map(Device::named)
        .flatMap(
            device ->
                Stream.of(
                    new Case(new WeightAloneNetwork.Factory(), device, List.of(true)),
                    new Case(new NormAloneNetwork.Factory(), device, List.of(false)),
                    new Case(new NothingToLearnNetwork.Factory(), device, List.of())));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anEmptyRegionHasNoSpan(Case c) {
    try (TrainableNetwork network = c.network()) {
      List<ParameterSpan> spans = network.spans();
      assertEquals(c.decayed(), spans.stream().map(ParameterSpan::decayed).toList());
      long values = spans.stream().mapToLong(span -> span.values().shape().elements()).sum();
      long wanted = network.parameters().stream().mapToLong(EmptyRegionsTest::aligned).sum();
      assertEquals(wanted, values * Float.BYTES);
    }
  }

  /** A step changes parameters and nothing else, and a checkpoint brings it back. */
  @ParameterizedTest
  @MethodSource("cases")
  void stepsAndCheckpoints(Case c) {
    int epoch = 0;
    for (Optimizer recipe :
        List.of(Sgd.sgd(0.1).momentum(0.9).weightDecay(0.01), AdamW.adamW(0.01))) {
      epoch++;
      try (TrainableNetwork network = c.network();
          TrainableNetwork resumed = c.network()) {
        OptimizerState state = recipe.bind(network);
        write(network);
        step(network, state, 1);
        float[] images = values(network.input());
        Checkpoint checkpoint = new Checkpoint(folder, epoch);
        checkpoint.save(network, state.memory(), 1, Map.of());
        OptimizerState memory = recipe.bind(resumed);
        checkpoint.load(resumed, memory.memory());
        write(resumed);
        step(network, state, 2);
        step(resumed, memory, 2);
        assertArrayEquals(images(network), images);
        assertSameWeights(network, resumed);
        assertEquals(Optional.empty(), disturbance(network));
      }
    }
  }

  private static void step(TrainableNetwork network, OptimizerState state, long number) {
    state.prepare(0.1f, number);
    network.forward();
    network.backward();
    state.update();
  }

  private static void write(TrainableNetwork network) {
    network.input().write(images(network));
    network.labels().write(new float[] {0, 2, 1});
  }

  private static float[] images(TrainableNetwork network) {
    float[] values = new float[(int) network.input().shape().elements()];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** As far as a file has them, which is in float32. */
  private static void assertSameWeights(TrainableNetwork one, TrainableNetwork other) {
    for (int i = 0; i < one.parameters().size(); i++) {
      float[] expected = values(one.parameters().get(i).value());
      assertArrayEquals(expected, values(other.parameters().get(i).value()), 1e-6f);
    }
  }

  private static float[] values(Tensor tensor) {
    float[] values = new float[(int) tensor.shape().elements()];
    tensor.read(values);
    return values;
  }

  private static Optional<String> disturbance(TrainableNetwork network) {
    return network.backend().unwrap(GuardedBackend.class).orElseThrow().disturbance();
  }

  private static long aligned(Parameter parameter) {
    return Layout.align(Element.FLOAT32.bytes(parameter.value().shape().elements()));
  }
}
