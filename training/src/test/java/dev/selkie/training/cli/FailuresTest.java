package dev.selkie.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.SelkieException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static String printed(Throwable failure, boolean stacktrace) {
    StringWriter err = new StringWriter();
    Failures.print(failure, "train", stacktrace, new PrintWriter(err));
    return err.toString();
  }

  @Test
  void whatIsThrownOnPurposeIsOneSentence() {
    assertEquals(
        "selkie train: it is full%n".formatted(),
        printed(new BackendException("it is full"), false));
    String shown = printed(new BackendException("it is full"), true);
    assertTrue(shown.contains("\tat dev.selkie.training.cli.FailuresTest"), shown);
  }

  @Test
  void anythingElseIsABugAndShowsItsStack() {
    for (Throwable bug :
        new Throwable[] {
          new IllegalArgumentException("512 > 0"),
          new java.io.UncheckedIOException("gone", new IOException("gone")),
          new IllegalStateException("no"),
          new AssertionError("never"),
          new StackOverflowError()
        }) {
      String shown = printed(bug, false);
      assertTrue(shown.startsWith("selkie train: this is a bug in Selkie, please report"), shown);
      assertTrue(shown.contains("\tat dev.selkie.training.cli.FailuresTest"), shown);
    }
  }

  /** The JVM leaves out the messages of hot exceptions, and some have none. */
  @Test
  void aMessageIsNeverNullOrTheNameOfAClass() {
    Throwable bare = new ArrayIndexOutOfBoundsException();
    assertEquals("ArrayIndexOutOfBoundsException", Failures.sentence(bare));
    assertEquals(
        "IOException: disk gone",
        Failures.sentence(new SelkieException(null, new IOException("disk gone"))));
    assertEquals(
        "IOException: disk gone",
        Failures.sentence(
            new RuntimeException(new RuntimeException((String) null, new IOException("disk gone")))
                .getCause()));
    assertEquals(
        "BackendException", Failures.sentence(new BackendException("java.lang.Exception", null)));
  }

  @Test
  void aFullHeapIsASentenceWithAWayOut() {
    String shown = printed(new OutOfMemoryError("Java heap space"), false);
    assertTrue(shown.startsWith("selkie train: Java has no memory left (Java heap space)"), shown);
    assertTrue(shown.contains("-Xmx") && shown.contains("smaller batch"), shown);
    assertFalse(shown.contains("\tat "), shown);
  }

  @Test
  void aClassPathThatIsOutOfDateIsASentence() {
    String shown = printed(new ServiceConfigurationError("Provider a.B not found"), false);
    assertEquals(1, shown.lines().count(), shown);
    assertTrue(shown.contains("(Provider a.B not found); compile that anew"), shown);
  }
}
