package dev.selkie.processor.shape;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Graph;
import dev.selkie.processor.graph.Node;
import dev.selkie.processor.graph.op.BatchNorm;
import dev.selkie.processor.graph.op.Shortcut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** With shapes known, a shortcut is its input itself, or a 1x1 convolution with batch norm. */
public final class ShortcutResolution {
  private ShortcutResolution() {}

  public static Graph resolve(Graph graph) {
    Map<String, String> identities = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Node original : graph.nodes()) {
      Node node =
          original.withInputs(
              original.inputs().stream().map(i -> identities.getOrDefault(i, i)).toList());
      if (!(node.op() instanceof Shortcut shortcut)) {
        nodes.add(node);
      } else if (isIdentity(shortcut, graph.inputDims(original).get(0), node.dims())) {
        identities.put(node.path(), node.input(0));
      } else {
        nodes.addAll(projection(node, shortcut));
      }
    }
    String output = graph.output().path();
    return new Graph(nodes, identities.getOrDefault(output, output));
  }

  private static boolean isIdentity(Shortcut shortcut, Dims input, Dims output) {
    return shortcut.stride() == 1 && input.equals(output);
  }

  private static List<Node> projection(Node node, Shortcut shortcut) {
    Node convolution =
        new Node(
            node.path() + ".conv", node.layer(), shortcut.projection(), node.inputs(), node.dims());
    Node norm =
        new Node(
            node.path(),
            node.layer(),
            BatchNorm.alone(shortcut.prefix() + ".norm"),
            List.of(convolution.path()),
            node.dims());
    return List.of(convolution, norm);
  }
}
