package dev.selkie.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network declared in a temporary folder and compiled with plain javac trains. */
class PlainJavacTest {
  private static final String MINE =
      """
      import dev.selkie.annotation.*;
      import dev.selkie.runtime.Tensor;

      @Network(input = @Input(channels = 1, height = 12, width = 12))
      public interface Mine {
        @Conv(out = 8, kernel = 3) Tensor stem(Tensor image);
        @Stage(block = Unit.class, width = 8, repeat = 2, stride = 2) Tensor stage(Tensor stem);
        @Dense(out = 4) Tensor logits(Tensor stage);

        @Block
        interface Unit {
          @Conv(widths = 1, kernel = 3, strided = true) Tensor spatial(Tensor x);
          @Conv(widths = 2, activation = Activation.NONE) Tensor expand(Tensor spatial);
          @SqueezeExcite Tensor gated(Tensor expand);
          @Shortcut(widths = 2, strided = true) Tensor shortcut(Tensor x);
          @Add(activation = Activation.RELU) Tensor out(Tensor gated, Tensor shortcut);
        }
      }
      """;

  @Test
  void networkOfATemporaryFolderTrains(@TempDir Path folder) {
    try (TrainableNetwork network =
        Javac.network(folder, "Mine", MINE).create(Device.cpu(), Batch.batch(8))) {
      network.initialize(1);
      Batches.fill(network, 1);
      OptimizerState optimizer = Sgd.sgd(0.05).momentum(0.9).bind(network);
      network.forward();
      double before = Batches.mean(Batches.values(network.loss()));
      for (int step = 0; step < 30; step++) {
        network.forward();
        network.backward();
        optimizer.prepare(0.05f, step + 1);
        optimizer.update();
      }
      network.forward();
      double after = Batches.mean(Batches.values(network.loss()));
      // Eight images are learnt by heart: far below the loss of guessing, ln 4.
      assertTrue(after < 0.1 && before > 1, () -> "loss went from " + before + " to " + after);
    }
  }
}
