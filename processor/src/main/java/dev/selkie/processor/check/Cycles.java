package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;
import dev.selkie.processor.model.Site;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** No layer reads itself, by itself or through others. */
final class Cycles implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    Walk walk = new Walk(model, problems);
    model.layers().forEach(walk::visit);
  }

  /**
   * Depth first, against the edges; a layer met again while it is open closes a cycle. Without
   * recursion: a chain may be longer than the stack is deep.
   */
  private static final class Walk {
    private final ModelDeclaration model;
    private final Problems problems;
    private final Wiring wiring;
    private final List<LayerDeclaration> open = new ArrayList<>();
    private final Deque<Iterator<LayerDeclaration>> unvisited = new ArrayDeque<>();
    private final Set<String> entered = new HashSet<>();
    private final Set<String> done = new HashSet<>();
    private final List<LayerDeclaration> reported = new ArrayList<>();

    Walk(ModelDeclaration model, Problems problems) {
      this.model = model;
      this.problems = problems;
      this.wiring = new Wiring(model);
    }

    void visit(LayerDeclaration start) {
      meet(start);
      while (!open.isEmpty()) {
        if (unvisited.getLast().hasNext()) {
          meet(unvisited.getLast().next());
        } else {
          unvisited.removeLast();
          done.add(open.remove(open.size() - 1).name());
        }
      }
    }

    private void meet(LayerDeclaration layer) {
      if (entered.add(layer.name())) {
        open.add(layer);
        unvisited.addLast(wiring.sources(layer).iterator());
      } else if (!done.contains(layer.name())) {
        report(layer);
      }
    }

    private void report(LayerDeclaration layer) {
      List<LayerDeclaration> cycle =
          new ArrayList<>(open.subList(open.indexOf(layer), open.size()));
      // One wrong edge closes many cycles, all through the same layer.
      if (!Collections.disjoint(reported, cycle)) {
        return;
      }
      reported.addAll(cycle);
      cycle.add(layer);
      Collections.reverse(cycle);
      String path = cycle.stream().map(LayerDeclaration::name).collect(Collectors.joining(" -> "));
      problems.report(Message.CYCLE, edge(cycle.get(1), layer), model.path(layer), path);
    }

    private static Site edge(LayerDeclaration reader, LayerDeclaration read) {
      return reader.edges().stream()
          .filter(edge -> edge.name().equals(read.name()))
          .findFirst()
          .orElseThrow()
          .site();
    }
  }
}
