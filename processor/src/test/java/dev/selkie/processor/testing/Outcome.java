package dev.selkie.processor.testing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * What one run of a compiler said and wrote.
 *
 * @param files everything in the output folder, by path
 */
public record Outcome(
    List<Diagnostic<? extends JavaFileObject>> diagnostics, Map<String, String> files) {

  public List<Diagnostic<? extends JavaFileObject>> errors() {
    return diagnostics.stream().filter(d -> d.getKind() == Diagnostic.Kind.ERROR).toList();
  }

  /** Errors that are the processor's: they start with a tag in brackets. */
  public List<Diagnostic<? extends JavaFileObject>> ours() {
    return errors().stream().filter(d -> text(d).matches("(?s)\\[[A-Z]\\w+\\] .*")).toList();
  }

  public static String text(Diagnostic<? extends JavaFileObject> diagnostic) {
    return diagnostic.getMessage(Locale.ROOT);
  }
}
