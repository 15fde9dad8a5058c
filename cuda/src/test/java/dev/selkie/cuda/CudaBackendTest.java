package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Initializer;
import dev.selkie.runtime.OutOfDeviceMemoryException;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the backend asks of its driver, in which order, and what it says when that fails. */
class CudaBackendTest {
  private static final ConvGeometry POINTWISE = new ConvGeometry(1, 1, 1, 1, 0, 0, 1);
  private static final ConvGeometry GROUPED = new ConvGeometry(3, 3, 1, 1, 1, 1, 8);

  private DriverCalls calls;
  private NvidiaDriver driver;
  private CudaBackend backend;
  private Arena arena;
  private long end;

  @BeforeAll
  static void load() {
    StandIn.absence().ifPresent(why -> Assumptions.abort("the stand-in for a GPU: " + why));
  }

  @BeforeEach
  void open() {
    driver = StandIn.driver();
    calls = new DriverCalls();
    backend = new CudaBackend(calls.over(driver), Precision.FLOAT32);
    arena = backend.allocate(1 << 20);
    end = 0;
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void aConvolutionIsMadeAndPreparedOnce() {
    Tensor x = tensor("x", new Shape(2, 4, 4, 8));
    Tensor y = tensor("y", new Shape(2, 4, 4, 16));
    Parameter weight = weight(new Shape(16, 1, 1, 8));
    for (int step = 0; step < 3; step++) {
      backend.ops().convolutionForward(y, x, weight, POINTWISE);
      backend.ops().convolutionBackwardWeights(weight, x, y, POINTWISE);
    }
    String sizes = "2x8x4x4 to 2x16x4x4, 1x1 stride 1 dilation 1 groups 1 float32";
    assertEquals(1, count("prepare FORWARD"));
    assertEquals(1, count("prepare BACKWARD_WEIGHTS"));
    assertEquals(3, count("forward "));
    assertEquals(3, count("backwardWeights "));
    assertEquals(List.of("convolution " + sizes), calls.starting("convolution "));
  }

  @Test
  void groupedConvolutionsAreOurs() {
    Tensor x = tensor("x", new Shape(2, 5, 5, 32));
    Tensor y = tensor("y", new Shape(2, 5, 5, 32));
    backend.ops().convolutionForward(y, x, weight(new Shape(32, 3, 3, 4)), GROUPED);
    assertEquals(0, count("convolution "));
  }

  @Test
  void everythingIsFreedOnce() {
    try (NvidiaDriver other = StandIn.driver()) {
      final long without = other.room().free() + driver.heldBytes();
      backend.allocate(4096);
      backend.close();
      backend.close();
      assertEquals(without, other.room().free());
    }
  }

  @Test
  void aClosedBackendSaysSo() {
    backend.close();
    BackendException closed = assertThrows(BackendException.class, () -> backend.allocate(64));
    assertEquals("the CUDA backend is closed; open another one", closed.getMessage());
  }

  @Test
  void outOfMemorySaysHowMuchThereIs() {
    BackendException full = assertThrows(BackendException.class, () -> backend.allocate(64L << 30));
    assertTrue(
        full.getMessage()
            .startsWith(
                "stand-in for a GPU: 68,719,476,736 bytes of device memory are wanted, but "),
        full.getMessage());
    assertTrue(full.getMessage().endsWith("; use a smaller batch"), full.getMessage());
  }

  @Test
  void aTensorOfAnotherDeviceIsNamed() {
    Tensor other =
        new dev.selkie.runtime.reference.ReferenceBackend()
            .allocate(1024)
            .tensor("other", new Shape(1, 1, 1, 8), Element.FLOAT32, 0);
    Tensor own = tensor("own", new Shape(1, 1, 1, 8));
    BackendException foreign =
        assertThrows(BackendException.class, () -> backend.ops().copy(own, other));
    assertTrue(foreign.getMessage().contains("other lies on another device"), foreign.getMessage());
  }

  @Test
  void aPlaceBesideTheArenaIsRefused() {
    assertThrows(
        BackendException.class,
        () -> arena.tensor("far", new Shape(1, 1, 1, 64), Element.FLOAT32, 1 << 20));
    assertThrows(
        BackendException.class,
        () -> arena.tensor("odd", new Shape(1, 1, 1, 8), Element.FLOAT32, 4));
  }

  /** What a graph knows stays where it is, also where others need more. */
  @Test
  void scratchMayNotGrowUnderAGraph() {
    final long held = driver.heldBytes();
    Scratch scratch = new Scratch(driver);
    long first = scratch.atLeast(100);
    assertEquals(first, scratch.atLeast(50));
    scratch.recording(true);
    assertEquals(first, scratch.atLeast(100));
    assertThrows(IllegalStateException.class, () -> scratch.atLeast(2 << 20));
    scratch.recording(false);
    assertNotEquals(first, scratch.atLeast(2 << 20));
    assertTrue(driver.heldBytes() > held + (2 << 20), "the recorded block and the larger one");
    scratch.release();
    assertEquals(held, driver.heldBytes());
  }

  /** What could not grow is not taken for grown. */
  @Test
  void scratchThatDoesNotFitIsNotThere() {
    Scratch scratch = new Scratch(driver);
    scratch.atLeast(100);
    assertThrows(OutOfDeviceMemoryException.class, () -> scratch.atLeast(64L << 30));
    assertEquals(0, scratch.bytes());
    final long held = driver.heldBytes();
    scratch.atLeast(100);
    assertTrue(driver.heldBytes() > held, "a block of its own, not the one that was freed");
    scratch.release();
    assertEquals(held, driver.heldBytes());
  }

  @Test
  void memoryStartsAsZero() {
    float[] values = new float[64];
    tensor("new", new Shape(1, 1, 1, 64)).read(values);
    assertFalse(java.util.stream.IntStream.range(0, 64).anyMatch(i -> values[i] != 0));
  }

  /** The second of two updates is good again; the scale stays where the first left it. */
  @Test
  void anUpdateWhoseGradientOverflowsIsCountedAndChangesNothing() {
    try (CudaBackend half = new CudaBackend(StandIn.driver(), Precision.FLOAT16)) {
      Arena memory = half.allocate(1 << 10);
      Tensor value = memory.tensor("value", Shape.vector(2), Element.FLOAT32, 0);
      Tensor gradient = memory.tensor("gradient", Shape.vector(2), Element.FLOAT32, 64);
      Tensor velocity = memory.tensor("velocity", Shape.vector(2), Element.FLOAT32, 128);
      value.write(new float[] {3, 5});
      half.ops().learningRate(1, 1);
      final float scale = half.lossScale();
      assertEquals(0, half.skippedUpdates());

      gradient.write(new float[] {1, Float.POSITIVE_INFINITY});
      update(half, new ParameterSpan(value, gradient, false), velocity);
      assertArrayEquals(new float[] {3, 5}, values(value));
      assertEquals(1, half.skippedUpdates());
      assertEquals(scale / 2, half.lossScale());

      gradient.write(new float[] {scale / 2, scale});
      update(half, new ParameterSpan(value, gradient, false), velocity);
      assertArrayEquals(new float[] {2, 3}, values(value));
      assertEquals(1, half.skippedUpdates());
      assertEquals(scale / 2, half.lossScale());
    }
  }

  private static void update(CudaBackend backend, ParameterSpan span, Tensor velocity) {
    backend.ops().beginUpdate(List.of(span));
    backend.ops().sgd(span, velocity, 0, 0, false);
    backend.ops().endUpdate();
  }

  private static float[] values(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().elements())];
    tensor.read(values);
    return values;
  }

  private long count(String start) {
    return calls.starting(start).size();
  }

  private Tensor tensor(String name, Shape shape) {
    Tensor tensor = arena.tensor(name, shape, Element.FLOAT32, end);
    end += dev.selkie.runtime.Layout.align(Element.FLOAT32.bytes(shape.elements()));
    return tensor;
  }

  private Parameter weight(Shape shape) {
    return new Parameter(
        "weight",
        List.of(shape.batch(), shape.channels(), shape.height(), shape.width()),
        Initializer.UNIFORM,
        1,
        1,
        true,
        tensor("weight", shape),
        tensor("dweight", shape));
  }
}
