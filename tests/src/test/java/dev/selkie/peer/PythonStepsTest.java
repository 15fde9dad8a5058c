package dev.selkie.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The steps that a benchmark times, the peer's own code, against Selkie's: from the same weights
 * the same losses, step after step, and the same network afterwards. The networks are those of the
 * race, on images of 64x64.
 */
class PythonStepsTest {
  private static final int BATCH = 2;
  private static final int STEPS = 3;

  /** The peer's; decay so large that it would show on a norm or a bias, too. */
  private static final Sgd SGD = Sgd.sgd(0.01).momentum(0.9).weightDecay(0.5);

  private static final Map<String, BiFunction<Device, Batch, TrainableNetwork>> NETWORKS =
      Map.of(
          "ResNet50", SmallRaceResNet50Network::on,
          "SeResNet50", SmallRaceSeResNet50Network::on,
          "SeResNeXt50", SmallRaceSeResNeXt50Network::on,
          "SkNet50", SmallRaceSkNet50Network::on);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ResNet50", "SeResNet50", "SeResNeXt50", "SkNet50"})
  void takesOurSteps(String name) throws Exception {
    PythonScript script = PythonScript.in(folder);
    try (TrainableNetwork network = NETWORKS.get(name).apply(Device.cpu(), Batch.batch(BATCH))) {
      script.start(network);
      DoubleBuffer theirs = script.run("steps.py", name, network, SGD.weightDecay(), STEPS);
      double[] own = steps(network);
      assertEquals(3 * own.length, theirs.capacity());
      double[] truth = part(theirs, 0, own.length);
      requireEqual("losses", 0, STEPS, own, theirs);
      requireEqual("logits after them", STEPS, own.length, own, theirs);
      assertTrue(Math.abs(truth[STEPS - 1] / truth[0] - 1) > 0.1, "steps that hardly move");
    }
  }

  /** Losses of the steps, then logits of a training pass. */
  private static double[] steps(TrainableNetwork network) {
    network.labels().write(new float[] {0, 1});
    OptimizerState optimizer = SGD.bind(network);
    double[] values = new double[STEPS + BATCH * network.classes()];
    float[] losses = new float[BATCH];
    for (int step = 1; step <= STEPS; step++) {
      network.forward();
      network.backward();
      network.loss().read(losses);
      values[step - 1] = (losses[0] + (double) losses[1]) / BATCH;
      optimizer.prepare((float) SGD.learningRate(), step);
      optimizer.update();
    }
    network.forward();
    float[] logits = new float[BATCH * network.classes()];
    network.logits().read(logits);
    IntStream.range(0, logits.length).forEach(i -> values[STEPS + i] = logits[i]);
    return values;
  }

  private static double[] part(DoubleBuffer values, int run, int length) {
    double[] part = new double[length];
    values.get(run * length, part);
    return part;
  }

  /** At most twice the error of PyTorch's own float32, in the memory format that errs more. */
  private static void requireEqual(
      String what, int from, int to, double[] own, DoubleBuffer theirs) {
    double[] truth = part(theirs, 0, own.length);
    double noise =
        Math.max(
            distance(from, to, part(theirs, 1, own.length), truth),
            distance(from, to, part(theirs, 2, own.length), truth));
    double error = distance(from, to, own, truth);
    double allowed = 2 * noise + 4 * Math.ulp(1f);
    System.err.println(
        "%s off by %.2g of their norm; %.2g are allowed %s %s"
            .formatted(
                what,
                error,
                allowed,
                java.util.Arrays.toString(java.util.Arrays.copyOf(own, STEPS)),
                java.util.Arrays.toString(java.util.Arrays.copyOf(truth, STEPS))));
    assertTrue(
        error <= allowed,
        "%s off by %.2g of their norm; %.2g are allowed".formatted(what, error, allowed));
  }

  private static double distance(int from, int to, double[] values, double[] truth) {
    double wrong = 0;
    double whole = 0;
    for (int i = from; i < to; i++) {
      wrong += (values[i] - truth[i]) * (values[i] - truth[i]);
      whole += truth[i] * truth[i];
    }
    return Math.sqrt(wrong / whole);
  }
}
