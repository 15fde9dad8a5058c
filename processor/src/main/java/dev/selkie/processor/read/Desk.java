package dev.selkie.processor.read;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.check.Problems;
import dev.selkie.processor.model.Site;
import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.util.Elements;

/** What the readers of one model share: where its places are, and who hears of problems. */
final class Desk {
  private final Elements elements;
  private final Problems problems;
  private final Site useSite;
  private final SidecarText sidecar;
  private boolean unresolved;

  /** For a model whose source is at hand. */
  Desk(Elements elements, Problems problems) {
    this(elements, problems, null, null);
  }

  /**
   * @param useSite stands for all places of a model that comes from a class file and so has none;
   *     null where there is source
   * @param sidecar tells what such a class file cannot; null where there is source
   */
  Desk(Elements elements, Problems problems, Site useSite, SidecarText sidecar) {
    this.elements = elements;
    this.problems = problems;
    this.useSite = useSite;
    this.sidecar = sidecar;
  }

  Elements elements() {
    return elements;
  }

  /** A model's methods as its source has them. */
  List<ExecutableElement> inOrder(List<ExecutableElement> methods) {
    return sidecar == null ? methods : sidecar.inOrder(methods);
  }

  /** The names of a method's parameters. */
  List<String> reads(ExecutableElement method) {
    return sidecar == null ? SidecarText.names(method) : sidecar.reads(method);
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

  /** Reports what was heard at a desk of its own. */
  void pass(Problems heard) {
    problems.addAll(heard);
  }

  /** Once per model: the compiler itself lists all that is missing. */
  void reportUnresolved(Site site, String what, String path) {
    if (!unresolved) {
      unresolved = true;
      report(Message.UNRESOLVED, site, what, path);
    }
  }
}
