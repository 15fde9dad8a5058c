package dev.selkie.training.cli;

import dev.selkie.runtime.SelkieException;
import dev.selkie.training.HeapAdvice;
import java.io.PrintWriter;
import java.util.ServiceConfigurationError;

/**
 * What Selkie throws on purpose, and what a user can mend, becomes one sentence; anything else is a
 * bug and shows its stack.
 */
final class Failures {
  private Failures() {}

  /** Tells it to people. */
  static void print(Throwable failure, String command, boolean stacktrace, PrintWriter err) {
    boolean foreseen = foreseen(failure);
    err.println(
        "selkie %s: %s%s"
            .formatted(
                command,
                foreseen ? "" : "this is a bug in Selkie, please report it with what follows: ",
                sentence(failure)));
    if (!foreseen || stacktrace) {
      failure.printStackTrace(err);
    }
    err.flush();
  }

  /** Never null, and never just the name of a class where there is more to say. */
  static String sentence(Throwable failure) {
    if (failure instanceof OutOfMemoryError e) {
      return HeapAdvice.of(e);
    }
    if (failure instanceof StackOverflowError) {
      return "Java's stack is full; give it more, as by JAVA_TOOL_OPTIONS=-Xss16m";
    }
    if (failure instanceof ServiceConfigurationError) {
      return "the class path names what it does not hold (%s); compile that anew, or leave it out of SELKIE_CLASSPATH"
          .formatted(failure.getMessage());
    }
    if (foreseen(failure) && says(failure)) {
      return failure.getMessage();
    }
    Throwable telling = failure;
    while (!says(telling) && telling.getCause() != null && telling.getCause() != telling) {
      telling = telling.getCause();
    }
    return says(telling)
        ? "%s: %s".formatted(telling.getClass().getSimpleName(), telling.getMessage())
        : failure.getClass().getSimpleName();
  }

  private static boolean foreseen(Throwable failure) {
    return failure instanceof SelkieException
        || failure instanceof OutOfMemoryError
        || failure instanceof ServiceConfigurationError;
  }

  /** Whether the message is more than the name of a class. */
  private static boolean says(Throwable failure) {
    String message = failure.getMessage();
    return message != null && !message.isBlank() && !message.matches("([a-z]\\w*\\.)+[A-Z]\\w*");
  }
}
