package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.samples.TinyNetwork;
import dev.selkie.training.EpochReport;
import dev.selkie.training.LossScaling;
import dev.selkie.training.Trainer;
import dev.selkie.training.data.Augmentation;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.data.LabeledImages;
import dev.selkie.training.optimizer.Sgd;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A training whose gradients grow too large for float16 tells how many of its steps did nothing.
 */
class SkippedStepsTest {
  private static final int BATCH = 4;
  private static final int STEPS = 3;

  /** Where GradScaler begins, too. */
  private static final float FIRST_SCALE = 65536;

  @BeforeAll
  static void load() {
    StandIn.absence().ifPresent(why -> Assumptions.abort("the stand-in for a GPU: " + why));
  }

  @Test
  void everySkippedStepHalvesTheScaleAndIsTold() {
    List<EpochReport> epochs = train(Precision.FLOAT16);
    float scale = FIRST_SCALE;
    for (EpochReport epoch : epochs) {
      LossScaling scaling = epoch.scaling();
      assertTrue(scaling.skippedSteps() >= 0 && scaling.skippedSteps() <= STEPS, scaling::toString);
      scale /= 1 << scaling.skippedSteps();
      assertEquals(scale, scaling.lossScale());
    }
    assertEquals(STEPS, epochs.get(0).scaling().skippedSteps(), "no step could be taken at first");
    assertTrue(epochs.get(2).scaling().skippedSteps() < STEPS, "but later");
  }

  @Test
  void otherPrecisionsHaveNothingToTell() {
    assertNull(train(Precision.BFLOAT16).get(0).scaling());
  }

  /** The dense layer's weights are so large that its input's gradients overflow at first. */
  private static List<EpochReport> train(Precision precision) {
    Device device = Device.of(new StandInProvider()).in(precision);
    try (TrainableNetwork network = TinyNetwork.on(device, Batch.batch(BATCH))) {
      network.initialize(1);
      enlarge(network, "logits.weight", 128);
      return Trainer.of(network).data(noise()).optimizer(Sgd.sgd(1e-6)).epochs(3).run().epochs();
    }
  }

  private static void enlarge(TrainableNetwork network, String name, float factor) {
    Parameter weight =
        network.parameters().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    float[] values = new float[Math.toIntExact(weight.value().shape().elements())];
    weight.value().read(values);
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    weight.value().write(values);
  }

  private static DataSet noise() {
    List<String> classes = IntStream.range(0, 10).mapToObj(i -> "class " + i).toList();
    return DataSet.of(
        "noise", classes, images(BATCH * STEPS), images(BATCH), Augmentation.NONE, "drawn");
  }

  private static LabeledImages images(int count) {
    Random random = new Random(count);
    byte[] pixels = new byte[count * 3 * 32 * 32];
    int[] labels = new int[count];
    random.nextBytes(pixels);
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(10);
    }
    return new LabeledImages(3, 32, 32, pixels, labels);
  }
}
