package dev.selkie.runtime.trace;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.Fixture;
import dev.selkie.runtime.reference.Arithmetic;
import dev.selkie.runtime.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckingOpsTest {
  private static final Shape SHAPE = new Shape(2, 1, 1, 3);

  private final ReferenceBackend backend = new ReferenceBackend();
  private final Fixture f = new Fixture(backend.allocate(1 << 14), backend.ops(), 1);
  private final Ops ops = CheckingOps.over(backend.ops());
  private final Tensor huge = f.input("huge", SHAPE, random -> 3e38);
  private final Tensor bad = f.input("images", SHAPE, random -> Double.NaN);
  private final Tensor good = f.input("good", SHAPE);
  private final Tensor y = f.output("stage1.0.out", SHAPE);

  @Test
  void finiteValuesPass() {
    assertDoesNotThrow(() -> ops.addForward(y, good, good));
  }

  /** What was left in y by an earlier step is no matter once it is overwritten. */
  @Test
  void leftoversAreNoMatter() {
    y.write(new float[] {Float.NaN, 0, Float.POSITIVE_INFINITY, 0, 0, 0});
    assertDoesNotThrow(() -> ops.copy(y, good));
  }

  @Test
  void namesTheVerbAndTheTensor() {
    NonFiniteException e =
        assertThrows(NonFiniteException.class, () -> ops.multiplyForward(y, huge, huge));
    assertEquals("multiplyForward", e.verb());
    assertEquals("stage1.0.out", e.tensor());
    assertEquals(
        "multiplyForward wrote Infinity at sample 0, channel 0 of stage1.0.out; all it read was"
            + " finite, so lower the learning rate or the scale of the data",
        e.getMessage());
  }

  /** The same step run again over its own leftovers, as the trainer does. */
  @Test
  void findsItAgainOverLeftovers() {
    assertThrows(NonFiniteException.class, () -> ops.multiplyForward(y, huge, huge));
    assertThrows(NonFiniteException.class, () -> ops.multiplyForward(y, huge, huge));
  }

  @Test
  void namesWhatWasBadAlready() {
    NonFiniteException e =
        assertThrows(NonFiniteException.class, () -> ops.addForward(y, bad, good));
    assertEquals("stage1.0.out", e.tensor());
    assertTrue(e.getMessage().endsWith("not finite already: images; mend that first"));
  }

  /** The marks fit into 16 bits. */
  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16"})
  void knowsItsMarksIn16Bits(Precision precision) {
    ReferenceBackend halves = new ReferenceBackend(Arithmetic.FLOAT, precision);
    Fixture fixture = new Fixture(halves, halves.allocate(1 << 12), halves.ops(), 1);
    Tensor x = fixture.input("x", SHAPE, random -> Double.NaN);
    Tensor zero = fixture.input("zero", SHAPE, random -> 0);
    Tensor out = fixture.output("out", SHAPE);
    Ops checked = CheckingOps.over(halves.ops());
    assertDoesNotThrow(() -> checked.reluBackward(out, zero, x));
    out.write(new float[] {Float.NaN, Float.POSITIVE_INFINITY, 0, 0, 0, 0});
    assertDoesNotThrow(() -> checked.copy(out, zero));
    assertThrows(NonFiniteException.class, () -> checked.copy(out, x));
  }

  /** A NaN that is only read is not the verb's doing. */
  @Test
  void readingIsNoOffence() {
    assertDoesNotThrow(() -> ops.reluBackward(y, good, bad));
  }
}
