package dev.selkie.processor.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.processor.check.Message;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** A message that a compiler is to give. */
public record Mistake(Compiler compiler, Message message) {

  /** The layers in a network of their own give one error, of this text, where they are marked. */
  public void inNetwork(String text, String layers) {
    in(text, network(layers));
  }

  /** The source gives one error, of this text, where it is marked. */
  public void in(String text, String source) {
    try (Workspace workspace = new Workspace()) {
      in(workspace, text, source);
    }
  }

  /** As {@link #in}, in a workspace with something in it. */
  public void in(Workspace workspace, String text, String source) {
    Marked marked = Marked.parse(source);
    Outcome outcome = workspace.compile(compiler, marked.source());
    assertEquals(
        List.of("[" + message.tag() + "] " + text),
        outcome.errors().stream().map(Outcome::text).toList());
    Marked.Range range = marked.ranges(compiler).get(0);
    requireAt(range, marked, outcome.errors().get(0));
  }

  /** As {@link #in}, of a text that goes on with figures. */
  public void starting(String text, String source) {
    Marked marked = Marked.parse(source);
    try (Workspace workspace = new Workspace()) {
      Outcome outcome = workspace.compile(compiler, marked.source());
      assertEquals(1, outcome.errors().size(), outcome.errors()::toString);
      String found = Outcome.text(outcome.errors().get(0));
      assertTrue(found.startsWith("[" + message.tag() + "] " + text), found);
      requireAt(marked.ranges(compiler).get(0), marked, outcome.errors().get(0));
    }
  }

  /** Fails unless the compiler points there, to the character. */
  public static void requireAt(
      Marked.Range range, Marked marked, Diagnostic<? extends JavaFileObject> error) {
    String source = marked.source();
    assertEquals(range.line(), error.getLineNumber());
    if (error.getPosition() == range.start() && error.getStartPosition() < range.start()) {
      // Of a declaration javac marks the name, though it starts with its modifiers.
      return;
    }
    String wanted = source.substring(range.start(), range.end());
    String found = source.substring((int) error.getStartPosition(), (int) error.getEndPosition());
    assertEquals(range.start(), error.getStartPosition(), () -> "points at " + found);
    // Eclipse's compiler counts the last character in.
    assertTrue(
        found.equals(wanted) || (found.length() == wanted.length() - 1 && wanted.startsWith(found)),
        found);
  }

  public static String network(String layers) {
    return """
        @Network(input = @Input(channels = 3, height = 8, width = 8))
        interface Tiny {
          %s
        }
        """
        .formatted(layers);
  }

  @Override
  public String toString() {
    return compiler.toString();
  }
}
