package dev.selkie.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageAdapterTest {
  /** Inputs are the pixels themselves. */
  private static final Normalization PIXELS = new Normalization(List.of(0.0), List.of(1 / 255.0));

  @Test
  void padsAndReplicatesGrey() {
    LabeledImages images =
        new LabeledImages(1, 1, 2, new byte[] {0, 0, 10, (byte) 200}, new int[] {0, 1});
    ImageAdapter adapter = ImageAdapter.fit(images, new Shape(4, 3, 5, 3));
    float[] inputs = new float[2 * adapter.inputSize()];
    new BatchFiller(images, PIXELS, adapter).fill(inputs, 1, 1);
    float[] expected = new float[2 * 45];
    for (int c = 0; c < 3; c++) {
      expected[45 + (1 * 5 + 1) * 3 + c] = 10;
      expected[45 + (1 * 5 + 2) * 3 + c] = 200;
    }
    assertArrayEquals(expected, inputs, 200 * Math.ulp(1f));
    assertEquals(
        "images are 1x1x2, padded with black and the grey channel replicated to the network's input of 3x3x5",
        adapter.sentence());
  }

  @Test
  void fashionMnistIsCentredInThirtyTwo() {
    ImageAdapter adapter = ImageAdapter.fit(1, 28, 28, new Shape(1, 32, 32, 3));
    assertEquals(2, adapter.top());
    assertEquals(2, adapter.left());
    assertEquals(3072, adapter.inputSize());
  }

  @Test
  void refusesWhatDoesNotFit() {
    DataException large =
        assertThrows(
            DataException.class, () -> ImageAdapter.fit(1, 33, 32, new Shape(1, 32, 32, 1)));
    assertTrue(large.getMessage().contains("33x32"), large.getMessage());
    DataException colour =
        assertThrows(
            DataException.class, () -> ImageAdapter.fit(3, 28, 28, new Shape(1, 32, 32, 1)));
    assertTrue(colour.getMessage().contains("3 channels"), colour.getMessage());
  }
}
