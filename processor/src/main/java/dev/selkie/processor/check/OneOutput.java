package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.LayerDeclaration.Edge;
import dev.selkie.processor.model.ModelDeclaration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One layer is read by no other. Where several are, the output is the one that most layers lead to,
 * the last of equals; where none is there is a cycle, which another rule reports. What a wrong edge
 * may have meant is not complained of.
 */
final class OneOutput implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    Wiring wiring = new Wiring(model);
    Set<String> read = new HashSet<>();
    model.layers().forEach(layer -> wiring.sources(layer).forEach(each -> read.add(each.name())));
    for (LayerDeclaration layer : model.layers()) {
      for (Edge edge : layer.edges()) {
        // Whoever is nearest is meant, unless it is read already: then any unread one may be.
        if (!wiring.isKnown(edge.name()) && !read.add(wiring.nearest(edge.name()))) {
          return;
        }
      }
    }
    List<LayerDeclaration> unread =
        model.layers().stream().filter(layer -> !read.contains(layer.name())).toList();
    LayerDeclaration output = null;
    int most = 0;
    for (LayerDeclaration layer : unread) {
      int before = before(layer, wiring);
      if (before >= most) {
        most = before;
        output = layer;
      }
    }
    for (LayerDeclaration layer : unread) {
      if (!layer.equals(output)) {
        problems.report(Message.UNUSED_LAYER, layer.site(), model.path(layer), output.name());
      }
    }
  }

  /** How many layers lead to this one. */
  private static int before(LayerDeclaration layer, Wiring wiring) {
    Set<String> seen = new HashSet<>();
    Deque<LayerDeclaration> next = new ArrayDeque<>(List.of(layer));
    while (!next.isEmpty()) {
      for (LayerDeclaration source : wiring.likelySources(next.pop())) {
        if (seen.add(source.name())) {
          next.push(source);
        }
      }
    }
    return seen.size();
  }
}
