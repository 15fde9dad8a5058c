package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.annotation.Gate;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.EpilogueUnit;
import dev.selkie.runtime.conformance.Fixture;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A squeeze-and-excitation unit against vectors that central differences confirmed elsewhere. */
class GoldenTest {
  private static final int N = 2;
  private static final int C = 4;
  private static final Shape SHAPE = new Shape(N, 2, 3, C);

  private final ReferenceBackend backend = new ReferenceBackend();
  private final Fixture f = new Fixture(backend.allocate(1 << 16), backend.ops(), 1);
  private final EpilogueUnit unit =
      new EpilogueUnit(Gate.SIGMOID, EpilogueUnit.Residual.PLAIN, true);
  private final Epilogue epilogue = unit.epilogue(f, SHAPE, true);
  private final BatchNorm norm = epilogue.norm();
  private final Excitation excitation = epilogue.excitation();
  private final Tensor x = f.input("x", SHAPE);
  private final Tensor r = f.input("r", SHAPE);
  private final Tensor dy = f.input("dy", SHAPE);
  private final Tensor y = f.output("y", SHAPE);
  private final Tensor dx = f.output("dx", SHAPE);
  private final Tensor dr = f.output("dr", SHAPE);
  private final Properties golden = new Properties();

  @BeforeEach
  void run() throws IOException {
    try (InputStream file = GoldenTest.class.getResourceAsStream("golden-se.properties")) {
      golden.load(file);
    }
    set(x, i -> 1.5 * Math.sin(0.7 * i + 0.1) + 0.3 * Math.cos(1.9 * i));
    set(r, i -> Math.sin(1.3 * i + 0.5));
    set(dy, i -> Math.cos(0.37 * i));
    set(norm.scale().value(), i -> 1 + 0.25 * Math.sin(i + 1));
    set(norm.shift().value(), i -> 0.2 * Math.cos(2 * i));
    set(excitation.weight1().value(), i -> 0.8 * Math.sin(0.9 * i + 0.2));
    set(excitation.bias1().value(), i -> 0.1 * (i + 1));
    set(excitation.weight2().value(), i -> 0.7 * Math.cos(0.6 * i + 0.4));
    set(excitation.bias2().value(), i -> 0.05 * i - 0.1);
    Stream.of(norm.scale(), norm.shift(), excitation.weight1(), excitation.bias1())
        .forEach(p -> ref(p.gradient()).fill(0));
    Stream.of(excitation.weight2(), excitation.bias2()).forEach(p -> ref(p.gradient()).fill(0));
    Ops ops = f.ops();
    unit.forward(ops, epilogue, y, x, r);
    unit.backward(ops, epilogue, dx, dr, dy, y, x, r);
  }

  @Test
  void statistics() {
    for (int c = 0; c < C; c++) {
      double inverse = ref(norm.statistics()).get(0, 0, BatchNormVerbs.INVERSE, c);
      assertNear("mu", c, ref(norm.statistics()).get(0, 0, BatchNormVerbs.BATCH_MEAN, c));
      assertNear("var_biased", c, 1 / (inverse * inverse) - 1e-5);
    }
  }

  @Test
  void excitation() {
    assertGolden("z", excitation.squeeze());
    assertGolden("hidden", excitation.hidden());
    assertGolden("s", excitation.gate());
  }

  @Test
  void output() {
    assertGolden("y", y);
    double loss = 0;
    for (int i = 0; i < ref(y).size(); i++) {
      loss += ref(y).get(i) * ref(dy).get(i);
    }
    assertNear("loss", 0, loss);
  }

  @Test
  void gradients() {
    assertGolden("dx", dx);
    assertGolden("dr", dr);
    assertGolden("dgamma", norm.scale().gradient());
    assertGolden("dbeta", norm.shift().gradient());
    assertGolden("dW1", excitation.weight1().gradient());
    assertGolden("db1", excitation.bias1().gradient());
    assertGolden("dW2", excitation.weight2().gradient());
    assertGolden("db2", excitation.bias2().gradient());
  }

  private void assertGolden(String name, Tensor tensor) {
    for (int i = 0; i < ref(tensor).size(); i++) {
      assertNear(name, golden(tensor, i), ref(tensor).get(i));
    }
  }

  /**
   * Half a unit of the twelfth digit; and the file has 1e-5 where {@link BatchNorm#EPSILON} is the
   * float next to it, which differs by 2.5e-13 of a variance near one.
   */
  private void assertNear(String name, int i, double value) {
    List<String> values = List.of(golden.getProperty(name).trim().split(" +", -1));
    double expected = Double.parseDouble(values.get(i));
    double digit = Math.pow(10, Math.floor(Math.log10(Math.max(1, Math.abs(expected)))) - 11);
    double epsilon = 10 * Math.abs(BatchNorm.EPSILON - 1e-5);
    assertEquals(expected, value, digit / 2 + epsilon, name + " " + i);
  }

  private static void set(Tensor tensor, IntToDoubleFunction formula) {
    for (int i = 0; i < ref(tensor).size(); i++) {
      ref(tensor).set(i, formula.applyAsDouble(golden(tensor, i)));
    }
  }

  /** Where value i of NHWC lies in the file's N, C, P. */
  private static int golden(Tensor tensor, int i) {
    Shape shape = tensor.shape();
    int n = i / shape.perSample();
    int p = i / shape.channels() % shape.positions();
    int c = i % shape.channels();
    return (n * shape.channels() + c) * shape.positions() + p;
  }
}
