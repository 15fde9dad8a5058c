package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the driver asks of cuBLAS and cuDNN. */
class NvidiaProductsTest {
  private static final ConvGeometry POINTWISE = new ConvGeometry(1, 1, 1, 1, 0, 0, 1);

  /** One more than float32 can tell from 1 in TF32, and exactly so in float32: (1 + 2^-12)^2. */
  private static final float FINE = 1 + 0x1p-12f;

  @TempDir private Path cache;
  private DriverCalls calls;
  private NvidiaDriver own;
  private Driver driver;

  @BeforeAll
  static void load() {
    StandIn.absence().ifPresent(why -> Assumptions.abort("the stand-in for a GPU: " + why));
  }

  @BeforeEach
  void open() {
    own = StandIn.driver(cache);
    calls = new DriverCalls();
    driver = calls.over(own);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  /** Small whole numbers, which every type holds: each sum is exact. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, FLOAT32",
    "TF32, FLOAT32",
    "BFLOAT16, BFLOAT16",
    "BFLOAT16, FLOAT32",
    "FLOAT16, FLOAT16",
    "FLOAT16, FLOAT32"
  })
  void matricesAreMultipliedAsRowsWhicheverIsTransposed(Precision precision, Element out) {
    int m = 3;
    int n = 4;
    int k = 5;
    for (int which = 0; which < 8; which++) {
      boolean ta = (which & 1) != 0;
      boolean tb = (which & 2) != 0;
      float beta = which >> 2;
      TypedBlock a = new TypedBlock(own, precision.activations(), m * k);
      TypedBlock b = new TypedBlock(own, precision.activations(), k * n);
      TypedBlock c = new TypedBlock(own, out, m * n);
      float[] left = a.write(i -> i % 7 - 3);
      float[] right = b.write(i -> i % 5 - 2);
      final float[] before = c.write(i -> i % 3);
      driver.multiply(
          new Driver.Matrices(m, n, k, ta, tb, precision, out),
          c.address(),
          a.address(),
          b.address(),
          beta);
      float[] got = c.read();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = beta * before[i * n + j];
          for (int l = 0; l < k; l++) {
            sum += left[ta ? l * m + i : i * k + l] * right[tb ? j * k + l : l * n + j];
          }
          assertEquals(sum, got[i * n + j], "row %d, column %d of case %d".formatted(i, j, which));
        }
      }
      a.close();
      b.close();
      c.close();
    }
  }

  /** JCudnn tells neither what an algorithm was timed with; asked for float32, it must be that. */
  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "TF32"})
  void productsAreOfFullPrecisionUnlessLessWasAskedFor(Precision precision) {
    float expected = precision == Precision.FLOAT32 ? FINE * FINE : 1;
    ConvolutionShape shape =
        new ConvolutionShape(new Shape(1, 1, 1, 1), new Shape(1, 1, 1, 1), POINTWISE, precision);
    try (TypedBlock a = new TypedBlock(own, Element.FLOAT32, 1);
        TypedBlock b = new TypedBlock(own, Element.FLOAT32, 1);
        TypedBlock c = new TypedBlock(own, Element.FLOAT32, 1);
        TypedBlock workspace = new TypedBlock(own, Element.FLOAT32, 1024);
        Driver.Convolution convolution = driver.convolution(shape)) {
      a.write(i -> FINE);
      b.write(i -> FINE);
      for (Driver.Pass pass : Driver.Pass.values()) {
        convolution.prepare(pass, bytes -> assertTrue(bytes <= 4096));
        switch (pass) {
          case FORWARD ->
              convolution.forward(c.address(), a.address(), b.address(), 0, workspace.address());
          case BACKWARD_DATA ->
              convolution.backwardData(
                  c.address(), a.address(), b.address(), 0, workspace.address());
          case BACKWARD_WEIGHTS ->
              convolution.backwardWeights(
                  c.address(), a.address(), b.address(), 0, workspace.address());
        }
        assertEquals(expected, c.read()[0], pass + " of the convolution");
      }
      driver.multiply(
          new Driver.Matrices(1, 1, 1, false, false, precision, Element.FLOAT32),
          c.address(),
          a.address(),
          b.address(),
          0);
      assertEquals(expected, c.read()[0], "product");
    }
  }

  /** cuBLAS must not look for memory of its own then. */
  @Test
  void aProductCanBePartOfAGraph() {
    try (TypedBlock a = new TypedBlock(own, Element.FLOAT32, 1);
        TypedBlock c = new TypedBlock(own, Element.FLOAT32, 1)) {
      Driver.Matrices one =
          new Driver.Matrices(1, 1, 1, false, false, Precision.FLOAT32, Element.FLOAT32);
      Runnable square = () -> driver.multiply(one, c.address(), a.address(), a.address(), 0);
      try (Driver.Graph graph = driver.capture(square)) {
        a.write(i -> 3);
        graph.launch();
        assertEquals(9, c.read()[0]);
      }
    }
  }

  /** Of the stand-in's algorithms the fastest adds in any order and needs no workspace. */
  @Test
  void anAlgorithmThatRepeatsIsChosenAndRemembered() {
    ConvolutionShape shape =
        new ConvolutionShape(
            new Shape(1, 2, 2, 8), new Shape(1, 2, 2, 8), POINTWISE, Precision.BFLOAT16);
    long[] bytes = new long[2];
    for (int run = 0; run < 2; run++) {
      int at = run;
      long room = own.room().free();
      // What is remembered is not searched for, which would need memory.
      try (NvidiaDriver later = StandIn.driver(cache);
          Driver.Convolution convolution = later.convolution(shape)) {
        convolution.prepare(Driver.Pass.BACKWARD_WEIGHTS, needed -> bytes[at] = needed);
      }
      assertEquals(room, own.room().free());
    }
    assertTrue(bytes[0] > 0);
    assertEquals(bytes[0], bytes[1]);
    Algorithms known = Algorithms.of(cache, own.gpu(), 91100);
    assertEquals(1, known.known(shape, Driver.Pass.BACKWARD_WEIGHTS).orElseThrow());
  }

  /** cuDNN is asked for the name: its ninth version numbers errors anew. */
  @Test
  void anErrorHasCudnnsNameAndTheGeometry() {
    ConvolutionShape shape =
        new ConvolutionShape(
            new Shape(1, 4, 4, 8), new Shape(1, 3, 3, 8), POINTWISE, Precision.FLOAT32);
    try (Driver.Convolution convolution = driver.convolution(shape)) {
      BackendException wrong =
          assertThrows(
              BackendException.class, () -> convolution.prepare(Driver.Pass.FORWARD, bytes -> {}));
      assertTrue(wrong.getMessage().contains(shape.toString()), wrong.getMessage());
      assertTrue(wrong.getMessage().endsWith("CUDNN_STATUS_BAD_PARAM"), wrong.getMessage());
      BackendException lost =
          assertThrows(
              BackendException.class,
              () -> convolution.prepare(Driver.Pass.BACKWARD_DATA, bytes -> {}));
      assertTrue(lost.getMessage().contains(shape.toString()), lost.getMessage());
      assertTrue(lost.getMessage().contains("CUDNN_LOGLEVEL_DBG=1"), lost.getMessage());
    }
  }
}
