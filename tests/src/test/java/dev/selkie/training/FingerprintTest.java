package dev.selkie.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.trace.IdleBackend;
import dev.selkie.runtime.trace.RecordingOps;
import dev.selkie.training.checkpoint.Fingerprint;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Networks of the zoo whose weights have the same names and shapes, and that differ all the same.
 */
class FingerprintTest {
  private static final Device IDLE = IdleBackend.device(new RecordingOps().ops());

  private static TrainableNetwork open(String name, Device device, int batch) {
    return NetworkFactory.all().stream()
        .filter(factory -> factory.name().equals("dev.selkie.samples." + name))
        .findFirst()
        .orElseThrow()
        .create(device, Batch.batch(batch));
  }

  private static void requireDistinct(String... names) {
    Map<String, String> seen = new HashMap<>();
    Map<List<String>, String> weights = new HashMap<>();
    for (String name : names) {
      try (TrainableNetwork network = open(name, IDLE, 1)) {
        String twin = seen.put(Fingerprint.of(network), name);
        assertEquals(null, twin, name);
        weights.put(
            network.parameters().stream()
                .map(parameter -> parameter.name() + parameter.dimensions())
                .sorted()
                .toList(),
            name);
      }
    }
    assertEquals(1, weights.size(), "names or shapes of weights differ: " + weights.values());
  }

  @Test
  void gatesSqueezesAndDilationsTellNetworksApart() {
    requireDistinct("SeResNet50Ratio16", "SeResNet50Tanh", "SeResNet50Relu", "SeResNet50Max");
    requireDistinct("SkNet50", "SkNet50Dilation1", "SkNet50Dilation3", "SkNet50Dilations2And3");
  }

  @Test
  void batchDeviceAndSmoothingDoNot() {
    try (TrainableNetwork idle = open("Tiny", IDLE, 3);
        TrainableNetwork working = open("Tiny", Device.named("reference"), 2)) {
      String before = Fingerprint.of(working);
      working.labelSmoothing(0.25f);
      assertEquals(before, Fingerprint.of(working));
      assertEquals(before, Fingerprint.of(idle));
      assertTrue(before.matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?-[0-9a-f]{16}"), before);
    }
    try (TrainableNetwork other = open("SeResNet20", IDLE, 1);
        TrainableNetwork plain = open("ResNet20", IDLE, 1)) {
      assertNotEquals(Fingerprint.of(plain), Fingerprint.of(other));
    }
  }

  /** Nothing is computed, and the network works on afterwards. */
  @Test
  void theNetworkIsAsBefore() {
    try (TrainableNetwork network = open("Tiny", Device.named("reference"), 1)) {
      float[] image = new float[3 * 32 * 32];
      Arrays.fill(image, 0, 1000, 1);
      network.input().write(image);
      network.forward();
      float[] logits = new float[10];
      network.logits().read(logits);
      Fingerprint.of(network);
      float[] after = new float[10];
      network.logits().read(after);
      assertEquals(Arrays.toString(logits), Arrays.toString(after));
      network.initialize(9);
      network.forward();
      network.logits().read(after);
      assertNotEquals(Arrays.toString(logits), Arrays.toString(after));
    }
  }
}
