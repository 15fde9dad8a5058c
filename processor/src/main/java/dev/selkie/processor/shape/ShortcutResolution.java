package dev.selkie.processor.shape;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Graph;
import dev.selkie.processor.graph.Node;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.graph.op.Shortcut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** With shapes known, a shortcut is its input itself, or the operations that stand for it. */
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
        continue;
      }
      Dims input = graph.inputDims(original).get(0);
      if (isIdentity(shortcut, input, node.dims())) {
        identities.put(node.path(), node.input(0));
      } else {
        nodes.addAll(parts(node, shortcut, input));
      }
    }
    String output = graph.output().path();
    return new Graph(nodes, identities.getOrDefault(output, output));
  }

  private static boolean isIdentity(Shortcut shortcut, Dims input, Dims output) {
    return shortcut.stride() == 1 && input.equals(output);
  }

  private static List<Node> parts(Node node, Shortcut shortcut, Dims input) {
    List<Node> nodes = new ArrayList<>();
    Dims dims = input;
    List<String> read = node.inputs();
    for (int i = 0; i < shortcut.parts().size(); i++) {
      Shortcut.Part part = shortcut.parts().get(i);
      boolean last = i == shortcut.parts().size() - 1;
      String path = last ? node.path() : node.path() + "." + part.suffix();
      dims = shape(part, path, dims);
      nodes.add(new Node(path, node.layer(), part.op(), read, dims));
      read = List.of(path);
    }
    return nodes;
  }

  private static Dims shape(Shortcut.Part part, String path, Dims input) {
    try {
      return part.op().shape(path, List.of(new Operand(path, input)));
    } catch (ShapeException e) {
      throw new IllegalStateException(path + " had a shape as a whole", e);
    }
  }
}
