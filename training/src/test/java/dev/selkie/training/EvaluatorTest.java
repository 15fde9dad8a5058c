package dev.selkie.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.data.DataSet;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private final DataSet data = TestData.colours(20, 13);

  @Test
  void everyImageCountsOnceWhateverTheBatch() {
    float[][] whole = logits(13);
    float[][] padded = logits(5);
    for (int i = 0; i < 13; i++) {
      assertArrayEquals(whole[i], padded[i], "image " + i);
    }
    assertEquals(accuracy(whole), measured(13));
    assertEquals(accuracy(whole), measured(5));
  }

  private double measured(int batch) {
    try (TrainableNetwork network = TestData.network(batch)) {
      return new Evaluator(network, data.test(), data.normalization()).accuracy();
    }
  }

  private float[][] logits(int batch) {
    float[][] logits = new float[13][10];
    int[] seen = {0};
    try (TrainableNetwork network = TestData.network(batch)) {
      new Evaluator(network, data.test(), data.normalization())
          .forEach(
              (image, values, offset) -> {
                assertEquals(seen[0]++, image);
                System.arraycopy(values, offset, logits[image], 0, 10);
              });
    }
    assertEquals(13, seen[0]);
    return logits;
  }

  private double accuracy(float[][] logits) {
    int correct = 0;
    for (int i = 0; i < 13; i++) {
      boolean highest = true;
      for (float other : logits[i]) {
        highest &= other <= logits[i][data.test().label(i)];
      }
      correct += highest ? 1 : 0;
    }
    return correct / 13.0;
  }
}
