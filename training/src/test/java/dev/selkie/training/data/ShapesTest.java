package dev.selkie.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ShapesTest {
  @Test
  void sameSeedDrawsSameBytes() {
    DataSet first = Shapes.draw(3, 16, 16, 1, 50, 20);
    DataSet again = Shapes.draw(3, 16, 16, 1, 50, 20);
    DataSet other = Shapes.draw(3, 16, 16, 2, 50, 20);
    assertArrayEquals(first.train().pixels(), again.train().pixels());
    assertFalse(Arrays.equals(first.train().pixels(), other.train().pixels()));
    byte[] start = Arrays.copyOf(first.train().pixels(), first.test().pixels().length);
    assertFalse(Arrays.equals(start, first.test().pixels()), "the test images are others");
  }

  @Test
  void classesAreTenAndBalanced() {
    DataSet data = Shapes.draw(1, 12, 12, 3, 100, 30);
    assertEquals(10, data.classes().size());
    int[] counts = new int[10];
    for (int i = 0; i < 100; i++) {
      counts[data.train().label(i)]++;
    }
    assertArrayEquals(new int[] {10, 10, 10, 10, 10, 10, 10, 10, 10, 10}, counts);
  }

  /** Shares of the circle of radius 1, by plane geometry. */
  @Test
  void figuresHaveTheirAreas() {
    assertEquals(0.8 * Math.PI, area(Figure.CIRCLE), 0.01);
    assertEquals(1.5 * 1.5, area(Figure.SQUARE), 0.01);
    assertEquals(Math.sqrt(3) * 0.75, area(Figure.TRIANGLE), 0.01);
    assertEquals(0.55 * Math.PI, area(Figure.RING), 0.01);
    assertEquals(4 * 0.95 * 0.56 - 0.56 * 0.56, area(Figure.CROSS), 0.01);
    // A pentagram in a circle of radius 1.
    assertEquals(1.12257, area(Figure.STAR), 0.01);
  }

  private static double area(Figure figure) {
    int side = 1000;
    int hits = 0;
    for (int i = 0; i < side * side; i++) {
      double x = 2 * (i % side + 0.5) / side - 1;
      double y = 2 * (i / side + 0.5) / side - 1;
      hits += figure.contains(x, y) ? 1 : 0;
    }
    return 4.0 * hits / (side * side);
  }

  @Test
  void largeInputsGetFewerImages() {
    assertEquals(10_000, Shapes.trainingImages(3, 32 * 32));
    // 256 MiB hold 85 images of 3 MiB.
    assertEquals(85, Shapes.trainingImages(3, 1024 * 1024));
  }
}
