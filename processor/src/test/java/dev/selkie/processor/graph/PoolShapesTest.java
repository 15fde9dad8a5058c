package dev.selkie.processor.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.processor.graph.op.AveragePool;
import dev.selkie.processor.graph.op.MaxPool;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes of pools, as PyTorch's max_pool2d gives them. */
class PoolShapesTest {
  @ParameterizedTest
  @CsvSource({
    "112, 3, 2, 0, 55, 56",
    "112, 3, 2, 1, 56, 57",
    "7, 3, 2, 0, 3, 3",
    "8, 3, 2, 0, 3, 4",
    // A third window would start at 6, behind the image.
    "6, 2, 3, 0, 2, 2",
    "7, 2, 3, 0, 2, 3",
    "5, 1, 2, 0, 3, 3",
    "4, 1, 2, 0, 2, 2",
    "28, 3, 1, 1, 28, 28",
  })
  void roundDownOrUp(int size, int kernel, int stride, int padding, int down, int up)
      throws ShapeException {
    List<Operand> x = List.of(new Operand("x", new Dims(8, size, 9)));
    assertEquals(down, new MaxPool(kernel, stride, padding, false).shape("pool", x).height());
    assertEquals(up, new MaxPool(kernel, stride, padding, true).shape("pool", x).height());
    assertEquals(
        up, new AveragePool(kernel, stride, padding, true, false).shape("pool", x).height());
  }
}
