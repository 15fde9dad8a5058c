package dev.selkie.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;

/**
 * One of our scripts beside the peer's modules, under the Python that {@code SELKIE_PYTHON} names,
 * on weights and images that Selkie has too.
 *
 * @param folder where all of that lies meanwhile
 */
record PythonScript(String python, Path folder) {

  /** Skips the test where no Python with PyTorch is named. */
  static PythonScript in(Path folder) {
    String python = System.getenv("SELKIE_PYTHON");
    Assumptions.assumeTrue(python != null, "SELKIE_PYTHON names no Python with PyTorch");
    return new PythonScript(python, folder);
  }

  /** Draws images for a network, and leaves them and its weights in files. */
  void start(TrainableNetwork network) throws IOException {
    float[] images = new float[(int) network.input().shape().elements()];
    Random random = new Random(4);
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    network.input().write(images);
    Weights.save(network, folder.resolve("weights"), 0, Map.of());
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * images.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(images);
    Files.write(folder.resolve("images"), bytes.array());
  }

  /**
   * Runs a script on what {@link #start} left.
   *
   * @param name of the network as the peer knows it
   * @param more arguments before the last, which is where it writes
   */
  DoubleBuffer run(String script, String name, TrainableNetwork network, Object... more)
      throws IOException, InterruptedException {
    for (String module : List.of("networks.py", "pytorch_peer.py")) {
      unpack(PythonPeer.class, module);
    }
    for (String module : List.of("files.py", script)) {
      unpack(PythonScript.class, module);
    }
    List<String> command = new ArrayList<>(List.of(python, folder.resolve(script).toString()));
    command.add("dev.selkie.samples." + name);
    command.add(folder.resolve("weights").toString());
    command.add(folder.resolve("images").toString());
    command.add("" + network.input().shape().height());
    command.add("" + network.classes());
    for (Object argument : more) {
      command.add(argument.toString());
    }
    Path out = folder.resolve("out");
    command.add(out.toString());
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertEquals(0, process.waitFor(), () -> read(said));
    return ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
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
