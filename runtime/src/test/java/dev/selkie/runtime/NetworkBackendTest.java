package dev.selkie.runtime;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class NetworkBackendTest {
  /** A method with a default that is not handed on would answer for another backend. */
  @Test
  void handsOnEverythingThatABackendCan() {
    for (Method method : Backend.class.getMethods()) {
      assertDoesNotThrow(
          () ->
              NetworkBackend.class.getDeclaredMethod(method.getName(), method.getParameterTypes()),
          method.toString());
    }
  }
}
