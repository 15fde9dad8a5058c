package dev.selkie.processor.fusion;

import dev.selkie.processor.graph.Graph;
import dev.selkie.processor.graph.Node;
import dev.selkie.processor.graph.op.Add;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What may join a node in its own pass over memory: a sum of two, then an activation. A sum joins
 * one of its operands: the one of higher rank, the first of equals.
 */
final class Tails {
  private final Graph graph;
  private final ToIntFunction<Node> rank;
  private final Map<String, Node> heads = new HashMap<>();

  /**
   * @param rank of a node as head of a pass; 0 where it cannot be one
   */
  Tails(Graph graph, ToIntFunction<Node> rank) {
    this.graph = graph;
    this.rank = rank;
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Add && node.inputs().size() == 2) {
        chooseHead(node);
      }
    }
  }

  private void chooseHead(Node add) {
    Node first = graph.node(add.input(0));
    Node second = graph.node(add.input(1));
    int firstRank = graph.onlyReader(first) == add ? rank.applyAsInt(first) : 0;
    int secondRank = graph.onlyReader(second) == add ? rank.applyAsInt(second) : 0;
    if (Math.max(firstRank, secondRank) > 0) {
      heads.put(add.path(), firstRank >= secondRank ? first : second);
    }
  }

  /** The sum that this node heads, or null. */
  Node sum(Node head) {
    Node reader = graph.onlyReader(head);
    return reader != null && heads.get(reader.path()) == head ? reader : null;
  }

  /** The other operand of a sum. */
  Node other(Node sum, Node head) {
    Node first = graph.node(sum.input(0));
    return first == head ? graph.node(sum.input(1)) : first;
  }
}
