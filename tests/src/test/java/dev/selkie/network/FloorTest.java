package dev.selkie.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Ceilings;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.trace.Ledger;
import dev.selkie.training.optimizer.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Floors of generated networks against a ledger that was written by hand, kernel by kernel, from
 * the architectures alone: {@code floors.py}, schedule b, 224x224, 16-bit activations, batch 256,
 * at 4.3 TB/s and 790 TFLOP/s.
 *
 * <p>That ledger merges the stem's norm and its max-pool into one kernel, which ours are not, and
 * leaves out the masks within units and the zeroing of gradients: 3 % of the bytes. It also reads
 * what goes into a selective kernel once for each branch, and the branches once more for their
 * moments, which is one verb here: 5 % of SKNet's.
 */
class FloorTest {
  private static final Ceilings H200 = new Ceilings(4.3e12, 790e12);
  private static final int BATCH = 256;

  @ParameterizedTest
  @CsvSource({
    "ResNet50, 323.1, 24.30, 11515",
    "SeResNet50, 323.3, 24.31, 11505",
    "ResNeXt50, 415.1, 25.15, 9559",
    "SeResNeXt50, 415.3, 25.16, 9553",
    "SkNet50, 501.0, 26.54, 8025",
  })
  void isThatOfAnotherLedger(
      String network, double megabytes, double gigaOperations, double imagesPerSecond) {
    Ledger ledger = step(network);
    assertNear(megabytes, ledger.bytes() / 1e6 / BATCH, 0.035);
    assertNear(gigaOperations, ledger.operations() / 1e9 / BATCH, 0.0005);
    assertNear(imagesPerSecond, BATCH / ledger.seconds(H200), 0.025);
  }

  /** Published: squeeze-and-excitation adds 0.1 % where its sums ride on those of batch norm. */
  @Test
  void squeezeAndExcitationAddsAThousandth() {
    double plain = step("ResNet50").seconds(H200);
    assertEquals(1.001, step("SeResNet50").seconds(H200) / plain, 0.0005);
  }

  private static void assertNear(double published, double own, double share) {
    assertEquals(published, own, share * published);
  }

  private static Ledger step(String name) {
    NetworkFactory factory =
        NetworkFactory.all().stream()
            .filter(f -> f.name().equals("dev.selkie.samples." + name))
            .findFirst()
            .orElseThrow();
    Ledger ledger = new Ledger();
    try (TrainableNetwork network = create(factory, ledger)) {
      network.forward();
      network.backward();
      Sgd.sgd(0.1).momentum(0.9).weightDecay(1e-4).bind(network).update();
    }
    return ledger;
  }

  private static TrainableNetwork create(NetworkFactory factory, Ledger ledger) {
    return factory.create(ledger.device(Precision.BFLOAT16), Batch.batch(BATCH));
  }
}
