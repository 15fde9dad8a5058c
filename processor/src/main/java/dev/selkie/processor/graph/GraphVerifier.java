package dev.selkie.processor.graph;

import java.util.HashSet;
import java.util.Set;

/** What a legal graph is after each phase; throws on our own mistakes, never on the user's. */
public final class GraphVerifier {
  private GraphVerifier() {}

  /** Every node comes after what it reads; only the output is unread. */
  public static Graph verify(Graph graph, String phase) {
    Set<String> made = new HashSet<>();
    for (Node node : graph.nodes()) {
      for (String input : node.inputs()) {
        require(made.contains(input), phase, node, "reads %s before it is made", input);
      }
      require(made.add(node.path()), phase, node, "is made twice");
      boolean output = node == graph.output();
      require(
          output == graph.readers(node).isEmpty(),
          phase,
          node,
          output ? "is the output but is read" : "is never read");
    }
    return graph;
  }

  /** As {@link #verify}; also every node has a shape. */
  public static Graph verifyShaped(Graph graph, String phase) {
    for (Node node : graph.nodes()) {
      require(node.dims() != null, phase, node, "has no shape");
    }
    return verify(graph, phase);
  }

  private static void require(
      boolean holds, String phase, Node node, String complaint, Object... arguments) {
    if (!holds) {
      throw new IllegalStateException(
          "after %s, %s %s".formatted(phase, node.path(), complaint.formatted(arguments)));
    }
  }
}
