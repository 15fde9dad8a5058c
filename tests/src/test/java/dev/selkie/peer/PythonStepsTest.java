package dev.selkie.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
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
  private static final float[] LABELS = {0, 1, 2, 3, 4, 5, 6, 7};
  private static final int BATCH = LABELS.length;
  private static final int STEPS = 2;

  /** One in float64, four in float32. */
  private static final int RUNS = 5;

  /**
   * The peer's momentum, which stands in its step. The decay is so large that it would show on a
   * norm or a bias, too.
   */
  private static final Sgd SGD = Sgd.sgd(0x1p-10).momentum(0.9).weightDecay(0.5);

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
      initialize(network);
      script.start(network);
      DoubleBuffer theirs =
          script.run("steps.py", name, network, SGD.learningRate(), SGD.weightDecay(), STEPS);
      double[] own = steps(network);
      assertEquals(RUNS * own.length, theirs.capacity());
      double[] truth = part(theirs, 0, own.length);
      requireEqual(own, truth, theirs);
      assertTrue(Math.abs(truth[STEPS - 1] / truth[0] - 1) > 0.1, "steps that hardly move");
    }
  }

  /**
   * The shifts of norms put most channels clear of zero: where a value lies within rounding of its
   * ReLU's kink, both sides may be right and a whole gradient apart.
   */
  private static void initialize(TrainableNetwork network) {
    network.initialize(3);
    Random random = new Random(5);
    for (Parameter parameter : network.parameters()) {
      float[] values = new float[(int) parameter.value().shape().elements()];
      boolean shift = parameter.name().endsWith(".norm.bias");
      if (shift || parameter.name().endsWith(".fc1.bias")) {
        for (int i = 0; i < values.length; i++) {
          float sign = shift && random.nextBoolean() ? -1 : 1;
          values[i] = sign * (1.5f + random.nextFloat());
        }
        parameter.value().write(values);
      }
    }
  }

  /** Losses of the steps, then logits of a training pass. */
  private static double[] steps(TrainableNetwork network) {
    network.labels().write(LABELS);
    OptimizerState optimizer = SGD.bind(network);
    double[] values = new double[STEPS + BATCH * network.classes()];
    float[] losses = new float[BATCH];
    for (int step = 1; step <= STEPS; step++) {
      network.forward();
      network.backward();
      network.loss().read(losses);
      values[step - 1] =
          IntStream.range(0, BATCH).mapToDouble(i -> losses[i]).average().orElseThrow();
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

  /**
   * At most twice the error of plain float32: PyTorch's, in both memory formats and with the batch
   * in two orders, whichever errs most. Two losses alone may come out nearly exact by luck, so they
   * are one vector with the logits, which err no less.
   */
  private static void requireEqual(double[] own, double[] truth, DoubleBuffer theirs) {
    double noise =
        IntStream.range(1, RUNS)
            .mapToDouble(run -> distance(part(theirs, run, own.length), truth))
            .max()
            .orElseThrow();
    double error = distance(own, truth);
    double allowed = 2 * noise + 4 * Math.ulp(1f);
    assertTrue(
        error <= allowed, "off by %.2g of the norm; %.2g are allowed".formatted(error, allowed));
  }

  private static double distance(double[] values, double[] truth) {
    double wrong = 0;
    double whole = 0;
    for (int i = 0; i < truth.length; i++) {
      wrong += (values[i] - truth[i]) * (values[i] - truth[i]);
      whole += truth[i] * truth[i];
    }
    return Math.sqrt(wrong / whole);
  }
}
