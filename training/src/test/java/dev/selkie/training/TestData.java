package dev.selkie.training;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.data.Augmentation;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.data.LabeledImages;
import java.util.List;
import java.util.Random;

/** Small things that several tests need. */
public final class TestData {
  private TestData() {}

  /** On a device with float32 arithmetic that repeats bit for bit. */
  public static TrainableNetwork network(int batch) {
    return new HandNetwork(Device.named("reference-float32"), Batch.batch(batch));
  }

  /** Noisy images of 3x8x8 in three classes: red, green, blue. */
  public static DataSet colours(int train, int test) {
    List<String> classes = List.of("red", "green", "blue");
    return DataSet.of(
        "colours", classes, images(train, 1), images(test, 2), Augmentation.NONE, "drawn");
  }

  private static LabeledImages images(int count, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * 192];
    int[] labels = new int[count];
    random.nextBytes(pixels);
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(3);
      for (int p = 0; p < 64; p++) {
        int at = i * 192 + p * 3 + labels[i];
        pixels[at] = (byte) (128 + (pixels[at] & 0x7f));
      }
    }
    return new LabeledImages(3, 8, 8, pixels, labels);
  }

  public static float[] values(Tensor tensor) {
    float[] values = new float[(int) tensor.shape().elements()];
    tensor.read(values);
    return values;
  }
}
