package dev.selkie.processor.read;

import dev.selkie.processor.model.Site;
import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * An element, an annotation on it, or one value in that annotation.
 *
 * @param mirror the innermost annotation around the value (Eclipse's compiler looks no deeper), or
 *     null
 * @param value null where the annotation as a whole is meant
 */
public record Place(Element element, AnnotationMirror mirror, AnnotationValue value)
    implements Site {

  /** The full name of the type it is in. */
  public String owner() {
    Element around = element;
    while (!(around instanceof TypeElement type)) {
      around = around.getEnclosingElement();
    }
    return type.getQualifiedName().toString();
  }

  /** Prints an error there. */
  public void error(Messager messager, String text) {
    messager.printMessage(Diagnostic.Kind.ERROR, text, element, mirror, value);
  }
}
