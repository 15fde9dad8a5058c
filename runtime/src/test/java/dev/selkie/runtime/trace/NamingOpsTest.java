package dev.selkie.runtime.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.SelkieException;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamingOpsTest {
  private static final Shape SHAPE = new Shape(2, 1, 2, 3);
  private static final String NAMED = "reluForward of out (2x3x1x2), stem (2x3x1x2): ";

  private final ReferenceBackend backend = new ReferenceBackend();
  private final Tensor out = backend.allocate(1 << 10).tensor("out", SHAPE, Element.FLOAT32, 0);
  private final Tensor stem = backend.allocate(1 << 10).tensor("stem", SHAPE, Element.FLOAT32, 0);

  private static Ops failing(RuntimeException failure) {
    return NamingOps.over(
        Interceptor.over(
            (verb, arguments) -> {
              throw failure;
            }));
  }

  @Test
  void whatIsForeseenStaysSo() {
    SelkieException full = new SelkieException("no room");
    BackendException named =
        assertThrows(BackendException.class, () -> failing(full).reluForward(out, stem));
    assertEquals(NAMED + "no room", named.getMessage());
    assertSame(full, named.getCause());
  }

  /** The layer helps to find a bug; it does not make the bug the user's fault. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        IllegalStateException.class,
        IllegalArgumentException.class,
        ClassCastException.class,
        IndexOutOfBoundsException.class,
        NullPointerException.class,
        ArithmeticException.class
      })
  void aBugStaysOneAndNamesTheLayerToo(Class<? extends RuntimeException> type) throws Exception {
    RuntimeException bug = type.getConstructor(String.class).newInstance("on purpose");
    IllegalStateException named =
        assertThrows(IllegalStateException.class, () -> failing(bug).reluForward(out, stem));
    assertEquals(NAMED + type.getName() + ": on purpose", named.getMessage());
    assertSame(bug, named.getCause());
  }

  @Test
  void whatFailsAfterTheVerbIsTheVerbs() {
    Ops ops =
        NamingOps.over(
            backend.ops(),
            () -> {
              throw new BackendException("the device is lost");
            });
    BackendException named = assertThrows(BackendException.class, () -> ops.reluForward(out, stem));
    assertEquals(NAMED + "the device is lost", named.getMessage());
  }
}
