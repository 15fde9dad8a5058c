package dev.selkie.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.TrainableNetwork;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The networks of the Python peer against Selkie's, where {@code SELKIE_PYTHON} names a Python with
 * PyTorch: a checkpoint of ours fits theirs name by name, and gives the same logits.
 */
class PythonNetworksTest {
  private static final int BATCH = 2;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ResNet20",
        "SeResNet20",
        "ResNet50",
        "SeResNet50",
        "ResNeXt50",
        "SeResNeXt50",
        "SkNet26",
        "SkNet50"
      })
  void hasOurNamesAndOurLogits(String name) throws Exception {
    PythonScript script = PythonScript.in(folder);
    NetworkFactory factory =
        NetworkFactory.all().stream()
            .filter(f -> f.name().equals("dev.selkie.samples." + name))
            .findFirst()
            .orElseThrow();
    try (TrainableNetwork network = factory.create(Device.cpu(), Batch.batch(BATCH))) {
      network.initialize(3);
      script.start(network);
      network.forward();
      float[] own = new float[BATCH * network.classes()];
      network.logits().read(own);
      DoubleBuffer theirs = script.run("logits.py", name, network);
      assertEquals(2 * own.length, theirs.capacity());
      double wrong = 0;
      double noise = 0;
      double whole = 0;
      for (int i = 0; i < own.length; i++) {
        double truth = theirs.get(own.length + i);
        wrong += (own[i] - truth) * (own[i] - truth);
        noise += (theirs.get(i) - truth) * (theirs.get(i) - truth);
        whole += truth * truth;
      }
      double allowed = 2 * Math.sqrt(noise / whole) + 4 * Math.ulp(1f);
      double error = Math.sqrt(wrong / whole);
      assertTrue(
          error <= allowed, "off by %.2g of the norm; %.2g are allowed".formatted(error, allowed));
    }
  }
}
