package dev.selkie.processor.read;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.check.Problems;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;

/** What the readers of one model share: where its places are, and who hears of problems. */
final class Desk {
  private final Elements elements;
  private final Problems problems;
  private final Site useSite;
  private boolean unresolved;

  /**
   * @param useSite stands for all places of a model that comes from a class file and so has none;
   *     null where there is source
   */
  Desk(Elements elements, Problems problems, Site useSite) {
    this.elements = elements;
    this.problems = problems;
    this.useSite = useSite;
  }

  Elements elements() {
    return elements;
  }

  Site at(Element element) {
    return at(element, null, null);
  }

  Site at(Element element, AnnotationMirror mirror, AnnotationValue value) {
    return useSite == null ? new Place(element, mirror, value) : useSite;
  }

  void report(Message message, Site site, Object... arguments) {
    problems.report(message, site, arguments);
  }

  /** Once per model: the compiler itself lists all that is missing. */
  void reportUnresolved(Site site, String what, String path) {
    if (!unresolved) {
      unresolved = true;
      report(Message.UNRESOLVED, site, what, path);
    }
  }
}
