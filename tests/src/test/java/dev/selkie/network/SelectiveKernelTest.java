package dev.selkie.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Statistic;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.trace.Call;
import dev.selkie.runtime.trace.RecordingOps;
import dev.selkie.samples.TinySkNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A selective kernel reads its branches as often as its ReLU forces, and stores none behind it. */
class SelectiveKernelTest {
  private static final int BATCH = 8;

  /** After these steps the first statistics have a share of 0.9^200 in the running ones. */
  private static final int STEPS = 200;

  @Test
  void branchesAreReadTwiceForwardAndTwiceBackward() {
    RecordingOps recording = new RecordingOps();
    try (TrainableNetwork network = TinySkNetwork.on(Device.named("reference"), batch(1))) {
      network.intercept(delegate -> recording.ops());
      network.forward();
      assertEquals(
          List.of("selectConvolutionForward", "selectSqueeze", "selectForward"),
          verbs(recording, "mixed.branch1.conv"));
      recording.clear();
      network.backward();
      assertEquals(
          List.of("selectBackwardSums", "selectBackward"), verbs(recording, "mixed.branch1.conv"));
    }
  }

  @Test
  void onlyConvolutionsAndTheOutputAreKept() {
    try (TrainableNetwork network = TinySkNetwork.on(Device.named("reference"), batch(1))) {
      assertEquals(
          List.of("mixed.branch0.conv", "mixed.branch1.conv", "mixed"),
          network.activations().stream()
              .map(tensor -> tensor.name())
              .filter(name -> name.startsWith("mixed"))
              .toList());
    }
  }

  @Test
  void inferenceAgreesWithTrainingOnTheSameStatistics() {
    try (TrainableNetwork network = TinySkNetwork.on(Device.cpu(), batch(BATCH))) {
      Batches.fill(network, 5);
      for (int i = 0; i < STEPS; i++) {
        network.forward();
      }
      float[] trained = Batches.values(network.logits());
      network.statistics().forEach(SelectiveKernelTest::bias);
      network.fold();
      network.infer();
      double scale = 0;
      for (float value : trained) {
        scale = Math.max(scale, Math.abs(value));
      }
      // Float32, three norms deep; the hidden units' has few values near each other.
      assertArrayEquals(trained, Batches.values(network.logits()), (float) (1e-4 * scale));
    }
  }

  /** Running variances are unbiased, and the batch's own are not. */
  private static void bias(Statistic statistic) {
    if (statistic.name().endsWith(".running_var")) {
      int count = count(statistic.name());
      float[] values = Batches.values(statistic.value());
      for (int i = 0; i < values.length; i++) {
        values[i] *= (count - 1f) / count;
      }
      statistic.value().write(values);
    }
  }

  /** How many values a norm takes its variance of. */
  private static int count(String name) {
    if (name.contains(".fc1.")) {
      return BATCH;
    }
    return BATCH * (name.startsWith("stem") ? 32 * 32 : 16 * 16);
  }

  private static List<String> verbs(RecordingOps recording, String tensor) {
    return recording.callsTouching(tensor).stream().map(Call::verb).toList();
  }

  private static Batch batch(int size) {
    return Batch.batch(size);
  }
}
