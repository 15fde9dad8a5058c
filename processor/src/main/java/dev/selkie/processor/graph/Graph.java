package dev.selkie.processor.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network as values that flow between operations.
 *
 * <p>Nodes stand in an order in which each comes after what it reads; that order is the schedule.
 * The first node is the input, of path {@link #INPUT}; exactly one node is read by none, the
 * output.
 */
public final class Graph {
  /** The path of the network's input; no layer can be called that. */
  public static final String INPUT = "(input)";

  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, List<Node>> readers = new HashMap<>();
  private final String output;

  public Graph(List<Node> ordered, String output) {
    this.output = output;
    for (Node node : ordered) {
      nodes.put(node.path(), node);
      for (String input : node.inputs()) {
        readers.computeIfAbsent(input, k -> new ArrayList<>()).add(node);
      }
    }
  }

  public List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  public Node node(String path) {
    return nodes.get(path);
  }

  public boolean has(String path) {
    return nodes.containsKey(path);
  }

  public Node output() {
    return nodes.get(output);
  }

  /** Who reads this value, once per reading. */
  public List<Node> readers(Node node) {
    return readers.getOrDefault(node.path(), List.of());
  }

  /** The one node that reads this value, or null where there are several or it is the output. */
  public Node onlyReader(Node node) {
    List<Node> all = readers(node);
    return all.size() == 1 ? all.get(0) : null;
  }

  public Dims dims(String path) {
    return nodes.get(path).dims();
  }

  public List<Dims> inputDims(Node node) {
    return node.inputs().stream().map(this::dims).toList();
  }
}
