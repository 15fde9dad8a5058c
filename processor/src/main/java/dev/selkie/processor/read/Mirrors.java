package dev.selkie.processor.read;

import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;

/** Selkie's annotations on an element, told by name: their classes are never loaded. */
final class Mirrors {
  private static final String PACKAGE = "dev.selkie.annotation.";

  /** Those of a whole model; all others are layers. */
  private static final List<String> MODELS = List.of("Network", "Block", "Input");

  private Mirrors() {}

  static List<AnnotationMirror> layers(Element method) {
    return method.getAnnotationMirrors().stream()
        .filter(mirror -> type(mirror).getQualifiedName().toString().startsWith(PACKAGE))
        .filter(mirror -> !MODELS.contains(kind(mirror)))
        .map(AnnotationMirror.class::cast)
        .toList();
  }

  /** The annotation of that simple name, or null. */
  static AnnotationMirror find(Element element, String kind) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (type(mirror).getQualifiedName().contentEquals(PACKAGE + kind)) {
        return mirror;
      }
    }
    return null;
  }

  /** An annotation whose type is not there (yet), or null. */
  static AnnotationMirror unresolved(Element element) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (mirror.getAnnotationType().getKind() == TypeKind.ERROR) {
        return mirror;
      }
    }
    return null;
  }

  static String kind(AnnotationMirror mirror) {
    return type(mirror).getSimpleName().toString();
  }

  private static TypeElement type(AnnotationMirror mirror) {
    return (TypeElement) mirror.getAnnotationType().asElement();
  }
}
