package dev.selkie.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.trace.RecordingOps;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Residual branches that start from nothing, that are shaken, and shortcuts without weights. */
class BranchesTest {
  private static final String MODEL =
      """
      import static dev.selkie.annotation.Activation.*;
      import dev.selkie.annotation.*;
      import dev.selkie.runtime.Tensor;

      @Network(input = @Input(channels = 3, height = 6, width = 6))
      public interface Branches {
        @Conv(out = 4, kernel = 3) Tensor stem(Tensor image);
        %s
        @Dense(out = 5) Tensor logits(Tensor out);
      }
      """;

  /** With a last norm from zero, a unit begins as the ReLU of its shortcut. */
  @Test
  void scaleFromZero(@TempDir Path folder) {
    String layers =
        """
        @Conv(out = 8, kernel = 3, activation = NONE, scale = Scale.ZERO) Tensor last(Tensor stem);
        @Shortcut(out = 8) Tensor shortcut(Tensor stem);
        @Add(activation = RELU) Tensor out(Tensor last, Tensor shortcut);
        """;
    try (TrainableNetwork network = network(folder, layers)) {
      network.initialize(3);
      for (Parameter parameter : network.parameters()) {
        if (parameter.name().endsWith(".norm.weight")) {
          float wanted = parameter.name().equals("last.norm.weight") ? 0 : 1;
          for (float value : Batches.values(parameter.value())) {
            assertEquals(wanted, value, parameter.name());
          }
        }
      }
      Batches.fill(network, 1);
      network.forward();
      network.backward();
      float[] moving = gradient(network, "last.norm.weight");
      float[] resting = gradient(network, "last.weight");
      assertTrue(sum(moving) > 0, "the scale itself learns");
      assertEquals(0, sum(resting), "nothing before it does, yet");
    }
  }

  /** And zeros stand behind the channels that there were. */
  @Test
  void paddedShortcutTakesEverySecondPixel(@TempDir Path folder) {
    String layers = "@PaddedShortcut(out = 6, stride = 2) Tensor out(Tensor stem);";
    try (TrainableNetwork network = network(folder, layers)) {
      Batches.fill(network, 1);
      network.forward();
      float[] stem = Batches.values(activation(network, "stem"));
      float[] out = Batches.values(activation(network, "out"));
      for (int n = 0; n < 2; n++) {
        for (int h = 0; h < 3; h++) {
          for (int w = 0; w < 3; w++) {
            int from = ((n * 6 + 2 * h) * 6 + 2 * w) * 4;
            int to = ((n * 3 + h) * 3 + w) * 6;
            float[] expected = Arrays.copyOf(Arrays.copyOfRange(stem, from, from + 4), 6);
            assertArrayEquals(expected, Arrays.copyOfRange(out, to, to + 6));
          }
        }
      }
    }
  }

  @Test
  void shaking(@TempDir Path random, @TempDir Path even) {
    String layers =
        """
        @Conv(out = 4) Tensor left(Tensor stem);
        @Conv(out = 4, kernel = 3) Tensor right(Tensor stem);
        @ShakeShake%s Tensor out(Tensor left, Tensor right);
        """;
    requireGradientVerbs(random, layers.formatted(""), List.of(1L, 0L));
    requireGradientVerbs(
        even, layers.formatted("(backward = ShakeBackward.EVEN)"), List.of(0L, 2L));
  }

  /** In inference there is nothing random: the mean of both branches. */
  @Test
  void shakenNetworkIsSteadyInInference(@TempDir Path folder) {
    String layers =
        """
        @Times(factor = 2) Tensor left(Tensor stem);
        @Times(factor = -1) Tensor right(Tensor stem);
        @ShakeShake Tensor shaken(Tensor left, Tensor right);
        @Times(factor = 2) Tensor out(Tensor shaken);
        """;
    try (TrainableNetwork network = network(folder, layers);
        TrainableNetwork plain =
            network(folder.resolve("plain"), "@Relu Tensor out(Tensor stem);")) {
      Batches.fill(network, 1);
      Batches.fill(plain, 1);
      network.fold();
      network.infer();
      plain.fold();
      plain.infer();
      assertArrayEquals(Batches.values(plain.logits()), Batches.values(network.logits()));
      network.backend().ops().seed(1);
      network.forward();
      float[] once = Batches.values(network.logits());
      network.backend().ops().seed(2);
      network.forward();
      assertFalse(Arrays.equals(once, Batches.values(network.logits())));
    }
  }

  private static void requireGradientVerbs(Path folder, String layers, List<Long> counts) {
    RecordingOps recording = new RecordingOps();
    try (TrainableNetwork network = network(folder, layers)) {
      network.intercept(recording::over);
      Batches.fill(network, 1);
      network.forward();
      network.backward();
      assertEquals(
          counts, List.of(recording.count("shakeShakeBackward"), recording.count("times")));
    }
  }

  private static TrainableNetwork network(Path folder, String layers) {
    folder.toFile().mkdirs();
    return Javac.network(folder, "Branches", MODEL.formatted(layers))
        .create(Device.named("reference"), Batch.batch(2));
  }

  private static Tensor activation(TrainableNetwork network, String name) {
    return network.activations().stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static float[] gradient(TrainableNetwork network, String name) {
    return Batches.gradients(network).get(name);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }
}
