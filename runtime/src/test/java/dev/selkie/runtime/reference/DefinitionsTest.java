package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.Fixture;
import dev.selkie.runtime.conformance.Values;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Forward verbs against a definition written another way, or a published number. */
class DefinitionsTest {
  private static final double ROUND_OFF = 0x1p-53;

  private final ReferenceBackend backend = new ReferenceBackend();
  private final Fixture f = new Fixture(backend.allocate(1 << 18), backend.ops(), 5);

  /** Statistics over all N P values at once, not by way of each sample's moments. */
  @Test
  void batchStatistics() {
    Shape shape = new Shape(3, 4, 5, 2);
    BatchNorm norm = f.batchNorm("norm", 3, 2);
    Tensor x = f.input("x", shape, Values.OFF_CENTRE);
    double[] meanBefore = ref(norm.runningMean()).toArray();
    double[] varianceBefore = ref(norm.runningVariance()).toArray();
    f.ops().batchNormMoments(norm, x);
    f.ops().batchNormStatistics(Epilogue.of(norm), 20);
    for (int c = 0; c < 2; c++) {
      int channel = c;
      double[] values =
          IntStream.range(0, 60).mapToDouble(i -> ref(x).get(2 * i + channel)).toArray();
      double mean = DoubleStream.of(values).average().orElseThrow();
      double square = DoubleStream.of(values).map(v -> v * v).average().orElseThrow();
      double variance = square - mean * mean;
      // 60 summands of squares no larger than 60 times their mean.
      double rounding = 60 * ROUND_OFF * square;
      double inverse = ref(norm.statistics()).get(0, 0, BatchNormVerbs.INVERSE, c);
      assertEquals(mean, ref(norm.statistics()).get(0, 0, 0, c), rounding);
      assertEquals(variance + BatchNorm.EPSILON, 1 / (inverse * inverse), rounding);
      double m = BatchNorm.MOMENTUM;
      assertEquals(
          meanBefore[c] + m * (mean - meanBefore[c]), ref(norm.runningMean()).get(c), rounding);
      assertEquals(
          varianceBefore[c] + m * (variance * 60 / 59 - varianceBefore[c]),
          ref(norm.runningVariance()).get(c),
          rounding);
    }
  }

  /** By polynomials: the product of two polynomials in one variable is a convolution. */
  @Test
  void convolutionIsAProductOfPolynomials() {
    Tensor x = f.input("x", new Shape(1, 1, 6, 1));
    Parameter weight = f.weight("weight", new Shape(1, 1, 3, 1));
    Tensor y = f.output("y", new Shape(1, 1, 8, 1));
    f.ops().convolutionForward(y, x, weight, new ConvGeometry(1, 3, 1, 1, 0, 2, 1));
    for (double t : new double[] {-1.5, -0.3, 0.7, 2}) {
      double product = 0;
      double magnitude = 0;
      for (int i = 0; i < 8; i++) {
        product += ref(y).get(i) * Math.pow(t, i);
        magnitude += Math.abs(ref(y).get(i) * Math.pow(t, i));
      }
      double left = 0;
      for (int i = 0; i < 6; i++) {
        left += ref(x).get(i) * Math.pow(t, i);
      }
      // Frameworks do not flip the kernel, so its polynomial runs backwards.
      double right = 0;
      for (int i = 0; i < 3; i++) {
        right += ref(weight.value()).get(i) * Math.pow(t, 2.0 - i);
      }
      assertEquals(left * right, product, 32 * ROUND_OFF * magnitude);
    }
  }

  /** SplitMix64 seeded with 0 first gives E220A8397B1DCDAF (Steele, Lea and Flood, 2014). */
  @Test
  void dropoutDrawsFromSplitMix() {
    double fraction = 0xE220A8 * 0x1p-24;
    assertTrue(DropoutVerbs.kept(0, 1, 0, (float) fraction));
    assertFalse(DropoutVerbs.kept(0, 1, 0, Math.nextUp((float) fraction)));
  }

  /** Within five standard deviations of a binomial, for every layer and seed. */
  @Test
  void dropoutKeepsItsShare() {
    int draws = 100_000;
    for (int layer = 0; layer < 5; layer++) {
      for (float rate : new float[] {0.1f, 0.5f, 0.9f}) {
        int number = layer;
        long kept =
            IntStream.range(0, draws)
                .filter(i -> DropoutVerbs.kept(number * 17L, number, i, rate))
                .count();
        double deviation = Math.sqrt((double) draws * rate * (1 - rate));
        assertEquals(draws * (1 - rate), (double) kept, 5 * deviation);
      }
    }
  }

  @Test
  void dropoutDoublesWhatHalfOfItKeeps() {
    Tensor x = f.input("x", Shape.vector(64), Values.POSITIVE);
    Tensor y = f.output("y", x.shape());
    Tensor mask = f.scratch("mask", x.shape(), Element.BIT);
    f.ops().dropoutForward(y, mask, x, 0.5f, 1);
    for (int i = 0; i < 64; i++) {
      double twice = DropoutVerbs.kept(0, 1, i, 0.5f) ? 2 * ref(x).get(i) : 0;
      assertEquals(twice, ref(y).get(i));
    }
  }

  /** Kingma and Ba (2015): the first step of Adam is the rate times the gradient's sign. */
  @Test
  void adamsFirstStepIsASign() {
    ParameterSpan span = f.span("weights", 6);
    Tensor mean = f.updated("mean", Shape.vector(6), random -> 0);
    Tensor square = f.updated("square", Shape.vector(6), random -> 0);
    double[] before = ref(span.values()).toArray();
    f.ops().learningRate(0.25f, 1);
    f.ops().adamW(span, mean, square, 0.9f, 0.999f, Float.MIN_NORMAL, 0f);
    for (int i = 0; i < 6; i++) {
      double sign = Math.signum(ref(span.gradients()).get(i));
      // 1 - beta cancels, so what is left of it has ten bits less.
      assertEquals(before[i] - 0.25 * sign, ref(span.values()).get(i), 1024 * 4 * ROUND_OFF);
    }
  }

  /** A constant gradient: Nesterov's and heavy-ball velocities are geometric sums. */
  @Test
  void velocitiesAreGeometricSums() {
    for (boolean nesterov : new boolean[] {false, true}) {
      ParameterSpan span = f.span("weights" + nesterov, 4);
      Tensor velocity = f.updated("velocity" + nesterov, Shape.vector(4), random -> 0);
      double[] before = ref(span.values()).toArray();
      for (int step = 0; step < 3; step++) {
        backend.ops().learningRate(0.125f, 1);
        backend.ops().sgd(span, velocity, 0.5f, 0f, nesterov);
      }
      double steps = nesterov ? 1.5 + 1.75 + 1.875 : 1 + 1.5 + 1.75;
      for (int i = 0; i < 4; i++) {
        double expected = before[i] - 0.125 * steps * ref(span.gradients()).get(i);
        assertEquals(
            expected, ref(span.values()).get(i), 8 * ROUND_OFF * Math.abs(expected) + 1e-300);
      }
    }
  }
}
