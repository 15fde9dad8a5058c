package dev.selkie.runtime.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.PoolGeometry;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.Fixture;
import org.junit.jupiter.api.Test;

/**
 * What is rounded in 16 bits, and when. BFLOAT16 has no number between 256 and 258: whoever adds
 * ones to 256 and rounds each time stays there.
 */
class PrecisionTest {
  private static final Shape PIXELS = new Shape(1, 16, 16, 2);
  private static final Shape PIXEL = new Shape(1, 1, 1, 2);
  private static final ConvGeometry WHOLE = new ConvGeometry(16, 16, 1, 1, 0, 0, 1);

  private final ReferenceBackend backend =
      new ReferenceBackend(Arithmetic.FLOAT, Precision.BFLOAT16);
  private final ReferenceOps ops = backend.ops();
  private final Fixture f = new Fixture(backend, backend.allocate(1 << 18), ops, 1);

  private Tensor ones(String name, Shape shape) {
    return f.input(name, shape, random -> 1);
  }

  private static double first(Tensor tensor) {
    return ((ReferenceTensor) tensor).get(0);
  }

  @Test
  void theFloatReferenceRoundsWhatVerbsStore() {
    Tensor y = f.output("y", PIXEL);
    ops.addForward(y, ones("one", PIXEL), f.input("small", PIXEL, random -> 0x1p-8));
    assertEquals(1, first(y));
    ops.addForward(y, ones("another", PIXEL), f.input("less small", PIXEL, random -> 0x1p-7));
    assertEquals(1 + 0x1p-7, first(y));
  }

  @Test
  void theOracleRoundsOnlyWhatTheHostWrites() {
    ReferenceBackend oracle = new ReferenceBackend(Arithmetic.DOUBLE, Precision.FLOAT16);
    Fixture fixture = new Fixture(oracle, oracle.allocate(1 << 12), oracle.ops(), 1);
    Tensor x = fixture.input("x", PIXEL, random -> 0.1);
    Tensor y = fixture.output("y", PIXEL);
    assertEquals(Element.FLOAT16, y.element());
    assertEquals(0x1.998p-4, first(x));
    oracle.ops().times(y, x, 0x1.002p0f);
    assertEquals(0x1.998p-4 * 0x1.002p0, first(y));
  }

  @Test
  void viewsOverlapAsInBytes() {
    ReferenceArena arena = backend.allocate(64);
    ReferenceTensor halves = arena.tensor("halves", Shape.vector(32), Element.BFLOAT16, 0);
    ReferenceTensor floats = arena.tensor("floats", Shape.vector(16), Element.FLOAT32, 0);
    floats.set(1, 0.1);
    halves.set(4, 5);
    assertEquals(0.1f, floats.get(1));
    halves.set(3, 7);
    assertTrue(Double.isNaN(floats.get(1)));
    assertEquals(5, halves.get(4));
  }

  @Test
  void convolutionsStoreTheirSumOnce() {
    Tensor x = ones("x", PIXELS);
    Tensor y = f.output("y", PIXEL);
    Parameter weight = f.parameter("weight", new Shape(2, 16, 16, 2), random -> 1);
    Parameter bias = f.bias("bias", 2);
    ops.convolutionForward(y, x, weight, WHOLE);
    assertEquals(512, first(y));
    Tensor none = f.floatInput("none", Shape.vector(2), random -> 0);
    ops.convolutionInference(y, x, weight.value(), none, Activation.RELU, WHOLE);
    assertEquals(512, first(y));
    Tensor dx = f.output("dx", new Shape(1, 1, 1, 512));
    Parameter pointwise = f.parameter("pointwise", new Shape(512, 1, 1, 2), random -> 1);
    Tensor sum = f.updated("sum", PIXEL, random -> 256);
    ConvGeometry one = new ConvGeometry(1, 1, 1, 1, 0, 0, 1);
    ops.convolutionBackwardData(y, ones("dy", dx.shape()), pointwise, one);
    assertEquals(512, first(y));
    ops.convolutionBackwardDataAccumulate(sum, ones("dy too", dx.shape()), pointwise, one);
    assertEquals(768, first(sum));
    ops.zero(bias.gradient());
    ops.biasBackward(bias, x);
    assertEquals(256, first(bias.gradient()));
  }

  /** 256 + 1 is 256 when it is stored, then 1 is added. */
  @Test
  void weightGradientsAreStoredOnceBeforeTheyAreAdded() {
    Shape image = new Shape(1, 1, 257, 1);
    Parameter weight = f.parameter("weight", new Shape(1, 1, 1, 1), random -> 1);
    weight.gradient().write(new float[] {1});
    ConvGeometry one = new ConvGeometry(1, 1, 1, 1, 0, 0, 1);
    ops.convolutionBackwardWeights(weight, ones("x", image), ones("dy", image), one);
    assertEquals(257, first(weight.gradient()));
    Parameter dense = f.parameter("dense", new Shape(1, 1, 1, 1), random -> 1);
    dense.gradient().write(new float[] {1});
    Shape samples = new Shape(257, 1, 1, 1);
    ops.denseBackwardWeights(dense, ones("samples", samples), ones("dense.dy", samples));
    assertEquals(258, first(dense.gradient()));
  }

  /** 256 (1 + 2^-9) - 256 is a half, but 1 + 2^-9 is 1 to BFLOAT16. */
  @Test
  void weightsAreRoundedWhereTheyAreMultiplied() {
    Tensor y = f.output("y", PIXEL);
    Tensor x = f.updated("x", PIXEL);
    x.write(new float[] {256, -256});
    Parameter weight = f.parameter("weight", new Shape(2, 1, 1, 2), random -> 1);
    weight.value().write(new float[] {1 + 0x1p-9f, 1, 1, 1});
    ops.denseForward(y, x, weight);
    assertEquals(0, first(y));
    ops.convolutionForward(y, x, weight, new ConvGeometry(1, 1, 1, 1, 0, 0, 1));
    assertEquals(0, first(y));
    assertEquals(1 + 0x1p-9, first(weight.value()));
  }

  @Test
  void poolsStoreTheirSumOnce() {
    Tensor y = f.output("y", PIXEL);
    ops.globalAveragePoolForward(y, f.input("threes", PIXELS, random -> 3));
    assertEquals(3, first(y));
    PoolGeometry whole = new PoolGeometry(16, 1, 0, true);
    ops.averagePoolForward(y, f.input("fives", PIXELS, random -> 5), whole);
    assertEquals(5, first(y));
    Tensor dx = f.output("dx", PIXELS);
    Tensor db = f.output("db", PIXEL);
    Tensor twos = f.input("twos", PIXELS, random -> 2);
    ops.multiplyBackward(dx, db, twos, ones("a", PIXELS), ones("b", PIXEL));
    assertEquals(512, first(db));
  }

  /** 225 windows reach the middle with 3 each: 675 is 676 to BFLOAT16, added up by threes 732. */
  @Test
  void gradientsOfPoolsStoreTheirSumOnce() {
    PoolGeometry windows = new PoolGeometry(15, 1, 7, true);
    ReferenceTensor dx = (ReferenceTensor) f.output("dx", PIXELS);
    ops.averagePoolBackward(dx, f.input("dy of means", PIXELS, random -> 675), windows);
    assertEquals(676, dx.get(0, 8, 8, 0));
    Tensor winners = f.scratch("winners", PIXELS, Element.UINT8);
    ReferenceTensor peak = (ReferenceTensor) f.updated("x", PIXELS, random -> 0);
    peak.set(0, 8, 8, 0, 1);
    ops.maxPoolForward(f.output("maxima", PIXELS), winners, peak, windows);
    ops.maxPoolBackward(dx, f.input("dy", PIXELS, random -> 3), winners, windows);
    assertEquals(676, dx.get(0, 8, 8, 0));
  }

  @Test
  void tf32RoundsFactorsOfProductsAndNothingElse() {
    ReferenceBackend tf32 = new ReferenceBackend(Arithmetic.FLOAT, Precision.TF32);
    Fixture fixture = new Fixture(tf32, tf32.allocate(1 << 12), tf32.ops(), 1);
    Shape one = new Shape(1, 1, 1, 1);
    float value = 1 + 0x1p-10f + 0x1p-12f;
    Tensor x = fixture.input("x", one, random -> value);
    Parameter weight = fixture.parameter("weight", one, random -> value);
    Tensor y = fixture.output("y", one);
    ConvGeometry single = new ConvGeometry(1, 1, 1, 1, 0, 0, 1);
    float factor = 1 + 0x1p-10f;
    tf32.ops().convolutionForward(y, x, weight, single);
    assertEquals(factor * factor, first(y));
    tf32.ops().denseForward(y, x, weight);
    assertEquals(factor * factor, first(y));
    tf32.ops().copy(y, x);
    assertEquals(value, first(y));
  }

  @Test
  void theReferenceIsADeviceInAnyPrecision() {
    for (Precision precision : Precision.values()) {
      assertEquals(precision, Device.named("reference").in(precision).open().precision());
    }
  }
}
