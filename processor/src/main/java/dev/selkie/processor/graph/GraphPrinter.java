package dev.selkie.processor.graph;

import java.util.stream.Collectors;

/** A graph as text, one node a line; for tests and {@code -Aselkie.dump=true}. */
public final class GraphPrinter {
  private GraphPrinter() {}

  public static String print(Graph graph) {
    return graph.nodes().stream()
        .map(
            node ->
                "%s = %s(%s)%s%n"
                    .formatted(
                        node.path(),
                        node.op().label(),
                        String.join(", ", node.inputs()),
                        node.dims() == null ? "" : " : " + node.dims())
                    .replace("\r\n", "\n"))
        .collect(Collectors.joining());
  }
}
