package dev.selkie.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.trace.RecordingOps;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where an excitation stands decides whether it merges, and never what comes out. */
class PlacementsTest {
  private static final String MODEL =
      """
      import static dev.selkie.annotation.Activation.*;
      import dev.selkie.annotation.*;
      import dev.selkie.runtime.Tensor;

      @Network(input = @Input(channels = 3, height = 9, width = 7))
      public interface Placed {
        @Conv(out = 8, kernel = 3) Tensor stem(Tensor image);
        %s
        @GlobalAveragePool Tensor features(Tensor out);
        @Dense(out = 5) Tensor logits(Tensor features);
      }
      """;

  private static final String BRANCH =
      "@Conv(out = 12, kernel = 3, activation = NONE) Tensor branch(Tensor %s);\n";
  private static final String SUM = "@Add(activation = RELU) Tensor out(Tensor %s, Tensor %s);\n";
  private static final String SE = "@SqueezeExcite(reduction = 4%s) Tensor gated(Tensor %s);\n";
  private static final String SHORTCUT = "@Shortcut(out = %s) Tensor shortcut(Tensor stem);\n";

  private static String layers(String placement) {
    String plain = SHORTCUT.formatted(12);
    return switch (placement) {
      case "standard" -> BRANCH.formatted("stem") + se("branch") + plain + sum("gated", "shortcut");
      case "pre" -> se("stem") + BRANCH.formatted("gated") + plain + sum("branch", "shortcut");
      case "post" ->
          BRANCH.formatted("stem")
              + plain
              + sum("branch", "shortcut").replace("out(", "sum(")
              + se("sum").replace("gated", "out");
      case "identity" ->
          BRANCH.formatted("stem").replace("12", "8") + se("stem") + sum("branch", "gated");
      case "projection" ->
          BRANCH.formatted("stem") + plain + se("shortcut") + sum("branch", "gated");
      case "behind ReLU" ->
          BRANCH.formatted("stem").replace(", activation = NONE", "")
              + se("branch")
              + plain
              + sum("gated", "shortcut");
      case "before ReLU" ->
          BRANCH.formatted("stem")
              + se("branch")
              + "@Relu Tensor active(Tensor gated);\n"
              + plain
              + sum("active", "shortcut");
      case "bare convolution" ->
          BRANCH.formatted("stem").replace("NONE", "NONE, norm = Norm.NONE")
              + se("branch")
              + plain
              + sum("gated", "shortcut");
      default ->
          BRANCH.formatted("stem")
              + SE.formatted(", " + placement, "branch")
              + plain
              + sum("gated", "shortcut");
    };
  }

  /**
   * @param alone how many excitations are passes of their own
   */
  @ParameterizedTest
  @CsvSource({
    "standard, 0",
    "pre, 1",
    "post, 1",
    "identity, 1",
    "projection, 0",
    "behind ReLU, 1",
    "before ReLU, 0",
    "bare convolution, 1",
    "gate = Gate.TANH, 0",
    "gate = Gate.RELU, 0",
    "bias = Bias.NO, 0",
    "squeeze = Squeeze.MAX, 1",
  })
  void mergesWhereItMayAndAgreesWithUnfused(
      String placement, int alone, @TempDir Path fused, @TempDir Path unfused) {
    String source = MODEL.formatted(layers(placement));
    try (TrainableNetwork one = network(fused, source);
        TrainableNetwork other = network(unfused, source, "-Aselkie.fuse=false")) {
      RecordingOps recording = new RecordingOps();
      one.intercept(delegate -> recording.ops());
      one.forward();
      assertEquals(alone, recording.count("exciteForward"));
      one.intercept(delegate -> one.backend().ops());
      Map<String, float[]> expected = step(other);
      step(one)
          .forEach(
              (name, values) -> {
                float scale = 0;
                for (float value : expected.get(name)) {
                  scale = Math.max(scale, Math.abs(value));
                }
                // Both are computed in double and read as float.
                assertArrayEquals(expected.get(name), values, 4 * Math.ulp(scale), name);
              });
    }
  }

  private static TrainableNetwork network(Path folder, String source, String... options) {
    return Javac.network(folder, "Placed", source, options)
        .create(Device.named("reference"), Batch.batch(3));
  }

  private static Map<String, float[]> step(TrainableNetwork network) {
    Batches.fill(network, 5);
    network.forward();
    network.backward();
    Map<String, float[]> results = Batches.gradients(network);
    results.put("logits", Batches.values(network.logits()));
    return results;
  }

  private static String se(String input) {
    return SE.formatted("", input);
  }

  private static String sum(String first, String second) {
    return SUM.formatted(first, second);
  }
}
