package dev.selkie.processor.describe;

import dev.selkie.processor.graph.Graph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A top-level layer or one unit of a stage: one panel of the drawing.
 *
 * @param rows empty for the network's input
 * @param inputs the groups it reads
 * @param depth how many groups lie on the longest way from the input to it
 */
record Group(String name, List<Summary.Row> rows, Set<String> inputs, int depth) {

  Group {
    rows = List.copyOf(rows);
  }

  /** The groups in the order of the forward pass; the first is the input. */
  static List<Group> of(Summary summary) {
    Map<String, List<Summary.Row>> rows = new LinkedHashMap<>();
    Map<String, String> groupOf = new HashMap<>(Map.of(Graph.INPUT, Graph.INPUT));
    for (Summary.Row row : summary.rows()) {
      rows.computeIfAbsent(row.layer().group(), k -> new ArrayList<>()).add(row);
      groupOf.put(row.layer().path(), row.layer().group());
    }
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put(Graph.INPUT, new Group(Graph.INPUT, List.of(), Set.of(), 0));
    rows.forEach(
        (name, of) -> {
          Set<String> inputs = new LinkedHashSet<>();
          of.forEach(row -> row.inputs().forEach(input -> inputs.add(groupOf.get(input))));
          inputs.remove(name);
          int before = inputs.stream().mapToInt(input -> groups.get(input).depth()).max().orElse(0);
          groups.put(name, new Group(name, of, inputs, before + 1));
        });
    return List.copyOf(groups.values());
  }

  boolean isInput() {
    return rows.isEmpty();
  }

  /** Whether it is a layer by itself, not a unit with layers of its own. */
  boolean isLayer() {
    return rows.size() == 1 && rows.get(0).layer().path().equals(name);
  }

  Summary.Row last() {
    return rows.get(rows.size() - 1);
  }

  long parameters() {
    return rows.stream().mapToLong(Summary.Row::parameters).sum();
  }

  long multiplyAdds() {
    return rows.stream().mapToLong(Summary.Row::multiplyAdds).sum();
  }

  /** A layer's name within this group. */
  String local(Summary.Row row) {
    String path = row.layer().path();
    return path.startsWith(name + ".") ? path.substring(name.length() + 1) : path;
  }
}
