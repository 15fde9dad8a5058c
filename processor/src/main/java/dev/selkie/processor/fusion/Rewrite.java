package dev.selkie.processor.fusion;

import dev.selkie.processor.graph.Graph;
import dev.selkie.processor.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodes merged into others and nodes replaced, collected over a graph and then applied at once. */
final class Rewrite {
  private final Graph graph;
  private final Map<String, Node> replaced = new HashMap<>();
  private final Set<String> merged = new HashSet<>();

  Rewrite(Graph graph) {
    this.graph = graph;
  }

  /** The node at this one's path becomes another. */
  void replace(Node node) {
    replaced.put(node.path(), node);
    merged.remove(node.path());
  }

  /** This node's value is no longer made. */
  void merge(Node node) {
    if (!replaced.containsKey(node.path())) {
      merged.add(node.path());
    }
  }

  boolean isMerged(Node node) {
    return merged.contains(node.path());
  }

  Graph apply() {
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (!merged.contains(node.path())) {
        nodes.add(replaced.getOrDefault(node.path(), node));
      }
    }
    return new Graph(nodes, graph.output().path());
  }
}
