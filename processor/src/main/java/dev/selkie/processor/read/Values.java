package dev.selkie.processor.read;

import dev.selkie.processor.model.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * The members of one annotation.
 *
 * @param values Integer, Long, Boolean, Double, String for an enum constant, TypeMirror for a
 *     class, AnnotationMirror for an annotation, List of Integer for whole numbers
 * @param sites where each was written; none for a default
 * @param complete false where a member has no value that makes sense, which is reported
 */
record Values(Map<String, Object> values, Map<String, Site> sites, boolean complete) {

  static Values read(Desk desk, Element element, AnnotationMirror mirror, String path) {
    Map<? extends ExecutableElement, ? extends AnnotationValue> all =
        desk.elements().getElementValuesWithDefaults(mirror);
    Map<String, Object> values = new HashMap<>();
    Map<String, Site> sites = new HashMap<>();
    boolean complete = true;
    for (ExecutableElement member :
        ElementFilter.methodsIn(mirror.getAnnotationType().asElement().getEnclosedElements())) {
      String name = member.getSimpleName().toString();
      AnnotationValue value = all.get(member);
      if (mirror.getElementValues().containsKey(member)) {
        sites.put(name, desk.at(element, mirror, value));
      }
      Object read = value == null ? null : convert(value.getValue(), member.getReturnType());
      if (read != null) {
        values.put(name, read);
        continue;
      }
      complete = false;
      desk.reportUnresolved(desk.at(element, mirror, value), "the value of " + name, path);
    }
    return new Values(values, sites, complete);
  }

  /** Null where the value is not of the member's type: it does not compile, or not yet. */
  private static Object convert(Object value, TypeMirror type) {
    return switch (type.getKind()) {
      case INT -> value instanceof Number number ? (Object) number.intValue() : null;
      case LONG -> value instanceof Number number ? (Object) number.longValue() : null;
      case DOUBLE -> value instanceof Number number ? (Object) number.doubleValue() : null;
      case ARRAY -> integers(value);
      case BOOLEAN -> value instanceof Boolean ? value : null;
      default -> declared(value);
    };
  }

  /** An array may be written as its only element. */
  private static List<Integer> integers(Object value) {
    List<?> elements = value instanceof List<?> list ? list : List.of(value);
    List<Integer> numbers = new ArrayList<>();
    for (Object element : elements) {
      Object plain = element instanceof AnnotationValue nested ? nested.getValue() : element;
      if (!(plain instanceof Number number)) {
        return null;
      }
      numbers.add(number.intValue());
    }
    return List.copyOf(numbers);
  }

  private static Object declared(Object value) {
    if (value instanceof VariableElement constant) {
      return constant.getSimpleName().toString();
    }
    return value instanceof TypeMirror || value instanceof AnnotationMirror ? value : null;
  }
}
