package dev.selkie.processor.read;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.LayerDeclaration.Edge;
import dev.selkie.processor.model.ModelDeclaration;
import dev.selkie.processor.model.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** One method in, one layer out; a method that is no layer keeps its name and edges at least. */
final class LayerReader {
  private static final String TENSOR = "dev.selkie.runtime.Tensor";

  private final Desk desk;
  private final ModelReader models;
  private final String prefix;

  /**
   * @param prefix of the layers' names in messages
   */
  LayerReader(Desk desk, ModelReader models, String prefix) {
    this.desk = desk;
    this.models = models;
    this.prefix = prefix;
  }

  LayerDeclaration read(ExecutableElement method) {
    String name = method.getSimpleName().toString();
    String path = prefix + name;
    requireAbstract(method, path);
    requireTensor(method.getReturnType(), method, path);
    List<Edge> edges = edges(method, path);
    AnnotationMirror mirror = annotation(method, path);
    if (mirror == null) {
      return unreadable(name, edges, desk.at(method));
    }
    Site site = desk.at(method, mirror, null);
    Values members = Values.read(desk, method, mirror, path);
    if (!members.complete()) {
      return unreadable(name, edges, site);
    }
    Map<String, Object> values = new HashMap<>(members.values());
    ModelDeclaration block = null;
    if (values.remove("block") instanceof TypeMirror type) {
      block = models.block(desk, type, members.sites().get("block"), path);
    }
    return new LayerDeclaration(
        name, Mirrors.kind(mirror), values, block, edges, site, members.sites());
  }

  private static LayerDeclaration unreadable(String name, List<Edge> edges, Site site) {
    return new LayerDeclaration(name, "", Map.of(), null, edges, site, Map.of());
  }

  private void requireAbstract(ExecutableElement method, String path) {
    String what = null;
    if (!method.getModifiers().contains(Modifier.ABSTRACT)) {
      what = "no abstract method";
    } else if (!method.getTypeParameters().isEmpty()) {
      what = "generic";
    } else if (!method.getThrownTypes().isEmpty()) {
      what = "declared to throw";
    }
    if (what != null) {
      desk.report(Message.NOT_ABSTRACT, desk.at(method), path, what);
    }
  }

  private void requireTensor(TypeMirror type, Element element, String path) {
    if (type.getKind() == TypeKind.ERROR) {
      desk.reportUnresolved(desk.at(element), "the type " + type, path);
    } else if (!isTensor(type)) {
      desk.report(Message.NOT_TENSOR, desk.at(element), path, type);
    }
  }

  private static boolean isTensor(TypeMirror type) {
    return type instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element
        && element.getQualifiedName().contentEquals(TENSOR);
  }

  private List<Edge> edges(ExecutableElement method, String path) {
    List<Edge> edges = new ArrayList<>();
    List<String> names = desk.reads(method);
    for (VariableElement parameter : method.getParameters()) {
      String name = names.get(edges.size());
      requireTensor(parameter.asType(), parameter, "'" + name + "' of " + path);
      edges.add(new Edge(name, desk.at(parameter)));
    }
    return edges;
  }

  /** The one annotation that says what the layer is; null, and reported, where there is none. */
  private AnnotationMirror annotation(ExecutableElement method, String path) {
    List<AnnotationMirror> found = Mirrors.layers(method);
    AnnotationMirror missing = Mirrors.unresolved(method);
    if (found.size() > 1) {
      String first = Mirrors.kind(found.get(0));
      Site site = desk.at(method, found.get(1), null);
      desk.report(Message.SEVERAL_LAYERS, site, path, first, Mirrors.kind(found.get(1)));
    } else if (found.isEmpty() && missing != null) {
      desk.reportUnresolved(
          desk.at(method, missing, null), "the annotation @" + Mirrors.kind(missing), path);
    } else if (found.isEmpty()) {
      desk.report(Message.NO_LAYER, desk.at(method), path);
    }
    return found.isEmpty() ? null : found.get(0);
  }
}
