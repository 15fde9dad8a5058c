package dev.selkie.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.bench.python.PythonPeer;
import dev.selkie.training.checkpoint.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
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
  void hasOurNamesAndOurLogits(String network) throws Exception {
    String python = System.getenv("SELKIE_PYTHON");
    Assumptions.assumeTrue(python != null, "SELKIE_PYTHON names no Python with PyTorch");
    float[] own = ownLogits(network);
    DoubleBuffer theirs = theirLogits(python, network);
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

  /** Leaves weights and images in files. */
  private float[] ownLogits(String name) throws IOException {
    NetworkFactory factory =
        NetworkFactory.all().stream()
            .filter(f -> f.name().equals("dev.selkie.samples." + name))
            .findFirst()
            .orElseThrow();
    try (TrainableNetwork network = factory.create(Device.cpu(), Batch.batch(BATCH))) {
      network.initialize(3);
      float[] images = new float[(int) network.input().shape().elements()];
      Random random = new Random(4);
      for (int i = 0; i < images.length; i++) {
        images[i] = (float) random.nextGaussian();
      }
      Weights.save(network, folder.resolve("weights"), 0, Map.of());
      ByteBuffer bytes =
          ByteBuffer.allocate(Float.BYTES * images.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(images);
      Files.write(folder.resolve("images"), bytes.array());
      network.input().write(images);
      network.forward();
      float[] logits = new float[BATCH * network.classes()];
      network.logits().read(logits);
      return logits;
    }
  }

  private DoubleBuffer theirLogits(String python, String name) throws Exception {
    unpack(PythonPeer.class, "networks.py");
    unpack(PythonNetworksTest.class, "logits.py");
    boolean small = name.endsWith("20");
    List<String> command =
        List.of(
            python,
            folder.resolve("logits.py").toString(),
            "dev.selkie.samples." + name,
            folder.resolve("weights").toString(),
            folder.resolve("images").toString(),
            "" + BATCH,
            small ? "32" : "224",
            small ? "10" : "1000",
            folder.resolve("logits").toString());
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertEquals(0, process.waitFor(), () -> read(said));
    return ByteBuffer.wrap(Files.readAllBytes(folder.resolve("logits")))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer();
  }

  private void unpack(Class<?> owner, String file) throws IOException {
    try (InputStream source = owner.getResourceAsStream(file)) {
      Files.copy(source, folder.resolve(file));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
