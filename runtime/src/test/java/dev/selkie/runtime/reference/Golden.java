package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.function.IntToDoubleFunction;

/** Vectors that central differences confirmed elsewhere; arrays run N, C, P where ours run NHWC. */
final class Golden {
  private final Properties vectors = new Properties();

  private final double smallestVariance;

  /**
   * @param smallestVariance of all that is normalised, in magnitude
   */
  Golden(String file, double smallestVariance) {
    this.smallestVariance = smallestVariance;
    try (InputStream stream = Golden.class.getResourceAsStream(file)) {
      vectors.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void assertNear(String name, Tensor tensor) {
    assertNear(name, 0, tensor);
  }

  /**
   * @param first where in the file's array the tensor begins
   */
  void assertNear(String name, int first, Tensor tensor) {
    for (int i = 0; i < ref(tensor).size(); i++) {
      assertNear(name, first + index(tensor, i), ref(tensor).get(i));
    }
  }

  /**
   * Half a unit of the twelfth digit; and the file has 1e-5 where {@link BatchNorm#EPSILON} is the
   * float next to it, which differs by 2.5e-13: the more, the smaller the variance it is added to.
   */
  void assertNear(String name, int i, double value) {
    List<String> values = List.of(vectors.getProperty(name).trim().split(" +", -1));
    double expected = Double.parseDouble(values.get(i));
    double digit = Math.pow(10, Math.floor(Math.log10(Math.max(1, Math.abs(expected)))) - 11);
    double epsilon = 10 * Math.abs(BatchNorm.EPSILON - 1e-5) / smallestVariance;
    assertEquals(expected, value, digit / 2 + epsilon, name + " " + i);
  }

  static void set(Tensor tensor, IntToDoubleFunction formula) {
    for (int i = 0; i < ref(tensor).size(); i++) {
      ref(tensor).set(i, formula.applyAsDouble(index(tensor, i)));
    }
  }

  /** Where value i of NHWC lies in N, C, P. */
  private static int index(Tensor tensor, int i) {
    Shape shape = tensor.shape();
    int n = i / shape.perSample();
    int p = i / shape.channels() % shape.positions();
    int c = i % shape.channels();
    return (n * shape.channels() + c) * shape.positions() + p;
  }
}
