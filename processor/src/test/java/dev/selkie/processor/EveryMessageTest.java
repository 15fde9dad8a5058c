package dev.selkie.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.testing.Shows;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nothing can be said that no test has heard. */
class EveryMessageTest {
  private static final List<Class<?>> TESTS =
      List.of(
          InterfaceMessagesTest.class,
          MethodMessagesTest.class,
          BlockMessagesTest.class,
          RegistryTest.class,
          AnyNameTest.class,
          SidecarMessagesTest.class,
          ValueMessagesTest.class,
          GraphMessagesTest.class,
          SelectMessagesTest.class,
          ShapeMessagesTest.class,
          NetworkProcessorTest.class);

  @Test
  void hasTest() {
    Set<Message> untested = EnumSet.allOf(Message.class);
    for (Class<?> tests : TESTS) {
      for (Method test : tests.getDeclaredMethods()) {
        if (test.isAnnotationPresent(Shows.class)) {
          untested.remove(test.getAnnotation(Shows.class).value());
        }
      }
    }
    assertEquals(Set.of(), untested);
  }
}
