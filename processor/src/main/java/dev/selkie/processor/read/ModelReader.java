package dev.selkie.processor.read;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.check.Problems;
import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;
import dev.selkie.processor.model.ModelDeclaration.InputDeclaration;
import dev.selkie.processor.model.Site;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** One annotated interface in, its declaration out, with the blocks it repeats. */
public final class ModelReader {
  private final Elements elements;
  private final Set<String> sources;
  private final Problems problems;
  private final Map<String, ModelDeclaration> blocks = new HashMap<>();
  private final Deque<TypeElement> open = new ArrayDeque<>();

  /**
   * @param sources full names of the outermost types that this compilation has the source of
   */
  public ModelReader(Elements elements, Set<String> sources, Problems problems) {
    this.elements = elements;
    this.sources = sources;
    this.problems = problems;
  }

  /** The place of a model as a whole: its annotation. */
  public static Site site(TypeElement model) {
    AnnotationMirror network = Mirrors.find(model, "Network");
    return new Place(model, network == null ? Mirrors.find(model, "Block") : network, null);
  }

  /** What cannot be read becomes a problem, and the rest is read on. */
  public ModelDeclaration read(TypeElement model) {
    return read(model, new Desk(elements, problems));
  }

  private ModelDeclaration read(TypeElement model, Desk desk) {
    String name = TypeNames.simpleName(model);
    AnnotationMirror network = Mirrors.find(model, "Network");
    AnnotationMirror block = Mirrors.find(model, "Block");
    if (network != null && block != null) {
      desk.report(Message.NETWORK_AND_BLOCK, desk.at(model, block, null), name);
    }
    open.addLast(model);
    Site site = desk.at(model, network == null ? block : network, null);
    List<LayerDeclaration> layers = layers(model, desk, site, network == null ? name + "." : "");
    open.removeLast();
    String around = TypeNames.packageName(model);
    if (network == null) {
      return new ModelDeclaration(
          around, name, null, 0, 0, 1, layers, site, Map.of(), Around.of(model, elements));
    }
    Values members = Values.read(desk, model, network, name);
    return new ModelDeclaration(
        around,
        name,
        input(model, desk, members),
        (Long) members.values().getOrDefault("maxParameters", 0L),
        (Long) members.values().getOrDefault("maxMegabytes", 0L),
        (Integer) members.values().getOrDefault("batch", 1),
        layers,
        site,
        members.sites(),
        Around.of(model, elements));
  }

  private static InputDeclaration input(TypeElement model, Desk desk, Values network) {
    if (network.values().get("input") instanceof AnnotationMirror mirror) {
      Values input = Values.read(desk, model, mirror, TypeNames.simpleName(model));
      if (input.complete()) {
        return new InputDeclaration(
            (Integer) input.values().get("channels"),
            (Integer) input.values().get("height"),
            (Integer) input.values().get("width"),
            input.sites());
      }
    }
    // Reported already; the other rules go on with any.
    return new InputDeclaration(1, 1, 1, Map.of());
  }

  private List<LayerDeclaration> layers(TypeElement model, Desk desk, Site site, String prefix) {
    String name = TypeNames.simpleName(model);
    if (model.getKind() != ElementKind.INTERFACE) {
      String what = model.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      desk.report(Message.NOT_AN_INTERFACE, site, name, "of kind " + what);
      return List.of();
    }
    if (!model.getTypeParameters().isEmpty()) {
      desk.report(Message.NOT_PLAIN, site, name, "type parameters");
    } else if (!model.getInterfaces().isEmpty()) {
      desk.report(Message.NOT_PLAIN, site, name, "superinterfaces");
    }
    LayerReader reader = new LayerReader(desk, this, prefix);
    List<LayerDeclaration> layers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ExecutableElement method :
        desk.inOrder(ElementFilter.methodsIn(model.getEnclosedElements()))) {
      LayerDeclaration layer = reader.read(method);
      if (names.add(layer.name())) {
        layers.add(layer);
      } else {
        desk.report(Message.SAME_NAME, desk.at(method), prefix + layer.name());
      }
    }
    if (layers.isEmpty()) {
      desk.report(Message.EMPTY_MODEL, site, name);
    }
    return layers;
  }

  /** What a stage repeats; null, and reported, where that is no block that could be read. */
  ModelDeclaration block(Desk desk, TypeMirror type, Site site, String path) {
    if (type.getKind() == TypeKind.ERROR) {
      desk.reportUnresolved(site, "the value of block", path);
      return null;
    }
    if (!(type instanceof DeclaredType declared)
        || Mirrors.find(declared.asElement(), "Block") == null) {
      desk.report(Message.NOT_A_BLOCK, site, path, type);
      return null;
    }
    return block(desk, (TypeElement) declared.asElement(), site);
  }

  private ModelDeclaration block(Desk desk, TypeElement type, Site site) {
    if (open.contains(type)) {
      desk.report(Message.BLOCK_CYCLE, site, TypeNames.simpleName(type), cycle(type));
      return null;
    }
    if (sources.contains(TypeNames.outermost(type).getQualifiedName().toString())) {
      String full = type.getQualifiedName().toString();
      if (!blocks.containsKey(full)) {
        blocks.put(full, read(type));
      }
      return blocks.get(full);
    }
    return fromClassFile(desk, type, site);
  }

  /** Null, and reported, where its sidecar does not help. */
  private ModelDeclaration fromClassFile(Desk desk, TypeElement type, Site site) {
    SidecarText sidecar = Sidecars.find(type, desk, site);
    if (sidecar == null) {
      return null;
    }
    Problems heard = new Problems();
    ModelDeclaration block = read(type, new Desk(elements, heard, site, sidecar));
    String difference = heard.isEmpty() ? sidecar.difference(block) : null;
    if (difference != null) {
      Sidecars.mismatch(desk, site, type, difference);
      return null;
    }
    desk.pass(heard);
    return block;
  }

  private String cycle(TypeElement type) {
    List<TypeElement> path = new ArrayList<>(open);
    path.subList(0, path.indexOf(type)).clear();
    path.add(type);
    return path.stream().map(TypeNames::simpleName).collect(Collectors.joining(" -> "));
  }
}
