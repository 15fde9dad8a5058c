package dev.selkie.processor.read;

import dev.selkie.processor.model.LayerLine;
import dev.selkie.processor.model.ModelDeclaration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;

/** What a block's sidecar says of its layers. */
final class SidecarText {
  private final Map<String, LayerLine> lines = new LinkedHashMap<>();

  /** Null where a line is no layer's, or another's of the same name. */
  static SidecarText parse(List<String> layers) {
    SidecarText text = new SidecarText();
    for (String layer : layers) {
      LayerLine line = LayerLine.parse(layer);
      if (line == null || text.lines.put(line.name(), line) != null) {
        return null;
      }
    }
    return text;
  }

  /** Methods in the order of the source; what the sidecar does not know comes last. */
  List<ExecutableElement> inOrder(List<ExecutableElement> methods) {
    List<String> order = List.copyOf(lines.keySet());
    Map<String, Integer> places = new LinkedHashMap<>();
    order.forEach(name -> places.put(name, places.size()));
    return methods.stream()
        .sorted(
            Comparator.comparingInt(
                method -> places.getOrDefault(method.getSimpleName().toString(), order.size())))
        .toList();
  }

  /** A method's parameter names: what the compiler knows of them, or else what stands here. */
  List<String> reads(ExecutableElement method) {
    List<String> known = names(method);
    LayerLine line = lines.get(method.getSimpleName().toString());
    boolean fits = line != null && line.reads().size() == known.size();
    return fits && areMadeUp(known) ? line.reads() : known;
  }

  static List<String> names(ExecutableElement method) {
    return method.getParameters().stream()
        .map(VariableElement::getSimpleName)
        .map(Object::toString)
        .toList();
  }

  /** Compilers make up arg0, arg1 and so on for parameters whose names were not kept. */
  private static boolean areMadeUp(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).equals("arg" + i)) {
        return false;
      }
    }
    return true;
  }

  /** Where a class file and its sidecar first differ, in words; null where they agree. */
  String difference(ModelDeclaration classFile) {
    Map<String, LayerLine> there = new LinkedHashMap<>();
    LayerLine.of(classFile).forEach(line -> there.put(line.name(), line));
    for (LayerLine here : lines.values()) {
      LayerLine other = there.remove(here.name());
      if (!here.equals(other)) {
        String found = other == null ? "no layer " + here.name() : other.text();
        return "it tells of " + here.text() + ", the class file has " + found;
      }
    }
    return there.isEmpty()
        ? null
        : "the class file has " + there.values().iterator().next().text() + ", which it lacks";
  }
}
