package dev.selkie.runtime.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.reference.Arithmetic;
import dev.selkie.runtime.reference.ReferenceArena;
import dev.selkie.runtime.reference.ReferenceBackend;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge is judged: each kind of fault in a backend must be seen. */
class ConformanceTest {
  private static final Shape SHAPE = new Shape(2, 3, 3, 5);

  private static final OpCase ADD =
      new OpCase(
          "add",
          f -> {
            Tensor a = f.input("a", SHAPE);
            Tensor b = f.input("b", SHAPE);
            Tensor y = f.output("y", SHAPE);
            f.ops().addForward(y, a, b);
          });

  private static final OpCase ACCUMULATE =
      new OpCase(
          "accumulate",
          f -> {
            Tensor x = f.input("x", SHAPE);
            Tensor y = f.updated("y", SHAPE);
            f.ops().accumulate(y, x);
          });

  /** What a verb does in place of what it should. */
  private interface Fault {
    void run(Ops honest, Object[] arguments);
  }

  @Test
  void anHonestBackendPasses() {
    assertTrue(check(ADD, UnaryOperator.identity()).passed());
    assertTrue(check(ACCUMULATE, UnaryOperator.identity()).passed());
  }

  @Test
  void eightUnitsInTheLastPlaceAreSeen() {
    Check check = check(ADD, fault((honest, a) -> scale((Tensor) a[0], 1 + 8 * Math.ulp(1f), a)));
    assertEquals(Check.Status.FAILED, check.status());
    assertTrue(check.detail().startsWith("y errs by"), check.detail());
  }

  @Test
  void anOutputNeverWrittenIsSeen() {
    assertEquals(Check.Status.FAILED, check(ADD, fault((honest, a) -> {})).status());
  }

  @Test
  void overwritingInsteadOfAccumulatingIsSeen() {
    UnaryOperator<Ops> copies = fault((honest, a) -> honest.copy((Tensor) a[0], (Tensor) a[1]));
    assertEquals(Check.Status.FAILED, check(ACCUMULATE, copies).status());
  }

  @Test
  void aChangedInputIsSeen() {
    Check check =
        check(
            ADD,
            fault(
                (honest, a) -> {
                  honest.addForward((Tensor) a[0], (Tensor) a[1], (Tensor) a[2]);
                  honest.zero((Tensor) a[1]);
                }));
    assertTrue(check.detail().startsWith("changed byte"), check.detail());
  }

  /** A guard lies right behind the last value: here a view of 6 values reaches past y's 5. */
  @Test
  void aWriteBehindTheEndIsSeen() {
    ReferenceArena arena = new ReferenceBackend().allocate(1 << 12);
    Fixture f = new Fixture(arena, new ReferenceBackend().ops(), 1);
    Tensor y = f.output("y", Shape.vector(5));
    f.ops().zero(y);
    assertTrue(f.disturbance().isEmpty());
    arena.tensor("overrun", Shape.vector(6), Element.FLOAT32, 64).write(new float[6]);
    assertEquals("changed byte 84", f.disturbance().orElseThrow().substring(0, 15));
  }

  @Test
  void anExceptionIsAFailure() {
    Check check =
        check(
            ADD,
            fault(
                (honest, a) -> {
                  throw new IllegalArgumentException("no");
                }));
    assertEquals("threw java.lang.IllegalArgumentException: no", check.detail());
  }

  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16"})
  void thePlainLoopPassesInItsPrecision(Precision precision) {
    Conformance conformance = new Conformance(new ReferenceBackend(Arithmetic.FLOAT, precision));
    for (OpCase opCase : OpCases.all()) {
      Check check = conformance.check(opCase);
      assertTrue(check.passed(), () -> opCase + ": " + check.detail());
    }
  }

  /** A case may be lucky: two roundings allow up to 0.8 %. Several may not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "convolutionForward",
        "convolutionBackwardData",
        "convolutionBackwardWeights",
        "convolutionInference",
        "biasBackward",
        "batchNormMoments",
        "batchNormForward",
        "batchNormBackward",
        "scaleForward",
        "scaleBackward",
        "reluForward",
        "addForward",
        "accumulate",
        "multiplyBackward",
        "maxPoolForward",
        "averagePoolBackward",
        "globalAveragePoolForward",
        "denseForward",
        "denseBackwardWeights",
        "selectForward",
        "softmaxCrossEntropy",
        "sgd"
      })
  void aHundredthIsSeenIn16Bits(String verb) {
    Conformance conformance =
        new Conformance(
            new ReferenceBackend(Arithmetic.FLOAT, Precision.BFLOAT16),
            ops -> Enlarging.over(ops, verb));
    List<Check> checks = Enlarging.cases(verb).stream().map(conformance::check).toList();
    long seen = checks.stream().filter(check -> !check.passed()).count();
    assertTrue(seen > 0 && seen >= checks.size() - 1, () -> seen + " of " + checks.size());
  }

  /**
   * The guard of 16 bits right behind an odd number of values, and NaN where nothing was written.
   */
  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16"})
  void guardsAndPoisonOf16Bits(Precision precision) {
    ReferenceBackend backend = new ReferenceBackend(Arithmetic.FLOAT, precision);
    Element half = precision.activations();
    ReferenceArena arena = backend.allocate(1 << 12);
    Fixture f = new Fixture(backend, arena, backend.ops(), 1);
    Tensor y = f.output("y", Shape.vector(5));
    assertTrue(Double.isNaN(f.results().get("y")[4]));
    f.ops().zero(y);
    assertTrue(f.disturbance().isEmpty());
    arena.tensor("overrun", Shape.vector(6), half, 64).write(new float[6]);
    assertEquals("changed byte 74", f.disturbance().orElseThrow().substring(0, 15));
  }

  private static Check check(OpCase opCase, UnaryOperator<Ops> interceptor) {
    return new Conformance(new ReferenceBackend(Arithmetic.FLOAT), interceptor).check(opCase);
  }

  private static void scale(Tensor y, double factor, Object[] sum) {
    float[] a = new float[(int) SHAPE.elements()];
    float[] b = a.clone();
    ((Tensor) sum[1]).read(a);
    ((Tensor) sum[2]).read(b);
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) (((double) a[i] + b[i]) * factor);
    }
    y.write(a);
  }

  private static UnaryOperator<Ops> fault(Fault fault) {
    return honest ->
        (Ops)
            Proxy.newProxyInstance(
                Ops.class.getClassLoader(),
                new Class<?>[] {Ops.class},
                (proxy, verb, arguments) -> {
                  fault.run(honest, arguments);
                  return null;
                });
  }
}
