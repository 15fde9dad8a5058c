package dev.selkie.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.TrainableNetwork;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two modules of a build, each compiled on its own with the processor on its path. */
class BlockLibraryTest {
  private static final String IMPORTS =
      "import dev.selkie.annotation.*; import dev.selkie.runtime.Tensor;\n";

  private static final String BLOCK =
      """
      @Block
      public interface Unit {
        @Add(activation = Activation.RELU) Tensor out(Tensor gated, Tensor shortcut);
        @Conv(widths = 1, kernel = 3, strided = true) Tensor spatial(Tensor x);
        @SqueezeExcite Tensor gated(Tensor expand);
        @Shortcut(widths = 2, strided = true) Tensor shortcut(Tensor x);
        @Conv(widths = 2, activation = Activation.NONE) Tensor expand(Tensor spatial);
      }
      """;

  private static final String NETWORK =
      """
      @Network(input = @Input(channels = 1, height = 12, width = 12))
      public interface Mine {
        @Stage(block = Unit.class, width = 8, repeat = 2, stride = 2) Tensor stage(Tensor image);
        @Dense(out = 4) Tensor logits(Tensor stage);
      }
      """;

  @Test
  void networkOfALibraryIsTheNetworkOfItsSource(@TempDir Path folder) throws IOException {
    Path library =
        Javac.compile(Files.createDirectory(folder.resolve("library")), "Unit", IMPORTS + BLOCK);
    Files.delete(folder.resolve("library/Unit.java"));
    NetworkFactory apart =
        Javac.network(
            Files.createDirectory(folder.resolve("network")),
            "Mine",
            IMPORTS + NETWORK,
            "-cp",
            Javac.PATH + File.pathSeparator + library);
    NetworkFactory together =
        Javac.network(
            Files.createDirectory(folder.resolve("whole")),
            "Mine",
            IMPORTS + NETWORK + BLOCK.replace("public ", ""));
    assertEquals(together.summary(), apart.summary());
    assertArrayEquals(logits(together), logits(apart));
  }

  private static float[] logits(NetworkFactory factory) {
    try (TrainableNetwork network = factory.create(Device.cpu(), Batch.batch(4))) {
      network.initialize(7);
      Batches.fill(network, 7);
      network.forward();
      return Batches.values(network.logits());
    }
  }
}
