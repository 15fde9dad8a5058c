package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One layer is read by no other. Where several are, the output is the one that most layers lead to,
 * the last of equals; where none is there is a cycle, which another rule reports.
 */
final class OneOutput implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    Wiring wiring = new Wiring(model);
    Set<String> read = new HashSet<>();
    for (LayerDeclaration layer : model.layers()) {
      wiring.likelySources(layer).forEach(source -> read.add(source.name()));
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
