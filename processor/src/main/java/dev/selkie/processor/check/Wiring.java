package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.LayerDeclaration.Edge;
import dev.selkie.processor.model.ModelDeclaration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each edge of a model means, misspelt ones included, so that one slip is one error.
 *
 * <p>The input is the first name that is no layer's and does not look like a misspelt one; where
 * all do, the one least like a layer.
 */
final class Wiring {
  private final Map<String, LayerDeclaration> layers = new LinkedHashMap<>();
  private final String input;

  Wiring(ModelDeclaration model) {
    model.layers().forEach(layer -> layers.put(layer.name(), layer));
    Set<String> free = new LinkedHashSet<>();
    for (LayerDeclaration layer : model.layers()) {
      layer.edges().stream().map(Edge::name).filter(n -> !isLayer(n)).forEach(free::add);
    }
    this.input =
        free.stream()
            .filter(name -> !isSlip(name))
            .findFirst()
            .orElseGet(
                () ->
                    free.stream()
                        .max(Comparator.comparingInt(n -> Spelling.distance(n, nearest(n))))
                        .orElse(""));
  }

  /** Empty where every edge is a layer, so that there is a cycle. */
  String input() {
    return input;
  }

  boolean isKnown(String edge) {
    return isLayer(edge) || edge.equals(input);
  }

  /** Whether an unknown edge is a layer's name but for a letter or two. */
  boolean isSlip(String edge) {
    return Spelling.isSlip(edge, nearest(edge));
  }

  /** The layer whose name is most like this one, which is none's. */
  String nearest(String edge) {
    return Spelling.nearest(edge, layers.keySet());
  }

  /** The layers that this one reads. */
  List<LayerDeclaration> sources(LayerDeclaration layer) {
    return layer.edges().stream().map(Edge::name).filter(this::isLayer).map(layers::get).toList();
  }

  /** The layers that this one reads, or means to. */
  List<LayerDeclaration> likelySources(LayerDeclaration layer) {
    return layer.edges().stream()
        .map(Edge::name)
        .map(name -> isKnown(name) ? name : nearest(name))
        .filter(this::isLayer)
        .map(layers::get)
        .toList();
  }

  private boolean isLayer(String name) {
    return layers.containsKey(name);
  }
}
