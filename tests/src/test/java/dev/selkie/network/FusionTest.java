package dev.selkie.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.trace.Call;
import dev.selkie.runtime.trace.RecordingOps;
import dev.selkie.samples.SeResNet20Network;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Squeeze-and-excitation costs no pass over memory where it may merge, and is right where not. */
class FusionTest {
  /** Every kind of merge: gate, plain and normed residual, ReLU; and a gate that may not merge. */
  private static final String MIXED =
      """
      import dev.selkie.annotation.*;
      import dev.selkie.runtime.Tensor;

      @Network(input = @Input(channels = 3, height = 9, width = 7))
      public interface Mixed {
        @Conv(out = 8, kernel = 3) Tensor stem(Tensor image);
        @Conv(out = 8, kernel = 3, activation = Activation.NONE) Tensor a(Tensor stem);
        @SqueezeExcite(reduction = 4) Tensor gated(Tensor a);
        @Add(activation = Activation.RELU) Tensor sum(Tensor gated, Tensor stem);
        @Conv(out = 12, kernel = 3, stride = 2, activation = Activation.NONE) Tensor b(Tensor sum);
        @SqueezeExcite(reduction = 4, bias = Bias.NO) Tensor gatedToo(Tensor b);
        @Shortcut(out = 12, stride = 2) Tensor shortcut(Tensor sum);
        @Add(activation = Activation.RELU) Tensor joined(Tensor gatedToo, Tensor shortcut);
        @Conv(out = 12, kernel = 3) Tensor vgg(Tensor joined);
        @SqueezeExcite(reduction = 3) Tensor afterRelu(Tensor vgg);
        @Conv(out = 12, activation = Activation.NONE) Tensor c(Tensor afterRelu);
        @Conv(out = 12, activation = Activation.NONE) Tensor d(Tensor afterRelu);
        @Add Tensor plain(Tensor c, Tensor d);
        @GlobalAveragePool Tensor features(Tensor plain);
        @Dense(out = 5) Tensor logits(Tensor features);
      }
      """;

  @Test
  void anSeUnitReadsItsLastConvolutionTwiceForwardAndTwiceBackward() {
    RecordingOps recording = new RecordingOps();
    try (SeResNet20Network network =
        SeResNet20Network.on(Device.named("reference"), Batch.batch(1))) {
      network.intercept(delegate -> recording.ops());
      network.forward();
      assertEquals(
          List.of("convolutionForward", "batchNormMoments", "batchNormAddForward"),
          verbs(recording, "stage1.1.second.conv"));
      recording.clear();
      network.backward();
      assertEquals(
          List.of("batchNormAddBackwardSums", "batchNormAddBackward"),
          verbs(recording, "stage1.1.second.conv"));
      assertEquals(0, recording.count("exciteForward") + recording.count("scaleBackward"));
    }
  }

  @Test
  void squeezeExciteBehindReluStaysAlone(@TempDir Path folder) {
    RecordingOps recording = new RecordingOps();
    try (TrainableNetwork network = mixed(folder).create(Device.named("reference"), batch())) {
      network.intercept(delegate -> recording.ops());
      network.forward();
      assertEquals(
          List.of("batchNormForward", "exciteForward", "scaleForward"), verbs(recording, "vgg"));
      assertEquals(1, recording.count("exciteForward"));
    }
  }

  @Test
  void fusedAndUnfusedAgree(@TempDir Path fused, @TempDir Path unfused) {
    try (TrainableNetwork one = mixed(fused).create(Device.named("reference"), batch());
        TrainableNetwork other =
            mixed(unfused, "-Aselkie.fuse=false").create(Device.named("reference"), batch())) {
      Map<String, float[]> expected = step(other);
      Map<String, float[]> actual = step(one);
      assertEquals(expected.keySet(), actual.keySet());
      expected.forEach((name, values) -> assertClose(name, values, actual.get(name)));
    }
  }

  @Test
  void inferenceAgreesWithTrainingOnTheSameStatistics(@TempDir Path folder) {
    try (TrainableNetwork network = mixed(folder).create(Device.named("reference"), batch())) {
      // Running statistics tend to the batch's as 0.9^n; the variance differs by m / (m - 1).
      for (int i = 0; i < 400; i++) {
        step(network);
      }
      float[] trained = Batches.values(network.logits());
      int smallest = network.batch() * 5 * 4;
      network.fold();
      network.infer();
      float[] inferred = Batches.values(network.logits());
      double scale = 0;
      for (float value : trained) {
        scale = Math.max(scale, Math.abs(value));
      }
      // Five norms deep, each off by at most half of 1 / m.
      assertArrayEquals(trained, inferred, (float) (5 * scale / smallest));
    }
  }

  private static Map<String, float[]> step(TrainableNetwork network) {
    Batches.fill(network, 5);
    network.forward();
    network.backward();
    Map<String, float[]> results = Batches.gradients(network);
    results.put("logits", Batches.values(network.logits()));
    results.put("loss", Batches.values(network.loss()));
    network.statistics().forEach(s -> results.put(s.name(), Batches.values(s.value())));
    return results;
  }

  private static NetworkFactory mixed(Path folder, String... options) {
    return Javac.network(folder, "Mixed", MIXED, options);
  }

  private static Batch batch() {
    return Batch.batch(3);
  }

  private static List<String> verbs(RecordingOps recording, String tensor) {
    return recording.callsTouching(tensor).stream().map(Call::verb).toList();
  }

  /** Both are computed in double and read as float: they differ by the last bits of a float. */
  private static void assertClose(String name, float[] expected, float[] actual) {
    double scale = 0;
    for (float value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    assertArrayEquals(expected, actual, (float) (4 * Math.ulp((float) scale)), name);
  }
}
