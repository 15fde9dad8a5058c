package dev.selkie.processor;

import dev.selkie.processor.check.Problem;
import dev.selkie.processor.check.Problems;
import dev.selkie.processor.read.Place;
import java.util.HashSet;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.tools.Diagnostic;

/** Problems to the compiler. */
final class Reporter {
  private final Messager messager;
  private final Set<String> printed = new HashSet<>();

  Reporter(Messager messager) {
    this.messager = messager;
  }

  /** Prints each problem once, though a block's show in every network that repeats it. */
  void print(Problems problems) {
    for (Problem problem : problems.list()) {
      String text = problem.printed();
      if (!(problem.site() instanceof Place place)) {
        messager.printMessage(Diagnostic.Kind.ERROR, text);
      } else if (printed.add(place.owner() + " " + text)) {
        place.error(messager, text);
      }
    }
  }
}
