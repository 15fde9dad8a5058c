package dev.selkie.runtime.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.reference.Arithmetic;
import dev.selkie.runtime.reference.ReferenceArena;
import dev.selkie.runtime.reference.ReferenceBackend;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

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
