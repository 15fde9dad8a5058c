package dev.selkie.processor.describe;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Graph;
import dev.selkie.processor.graph.Layer;
import dev.selkie.processor.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the network is made of, layer by layer as the user wrote it.
 *
 * @param rows in the order of the forward pass
 */
public record Summary(List<Row> rows) {

  /** One layer: its output, its learnable parameters, its multiply-adds for one image. */
  public record Row(Layer layer, Dims output, long parameters, long multiplyAdds) {}

  public Summary {
    rows = List.copyOf(rows);
  }

  /**
   * @param written the graph of the user's layers, with shapes
   * @param resolved the same with its shortcuts resolved
   */
  public static Summary of(Graph written, Graph resolved) {
    Map<Layer, List<Node>> nodes = new LinkedHashMap<>();
    written.nodes().forEach(node -> nodes.put(node.layer(), new ArrayList<>()));
    resolved.nodes().forEach(node -> nodes.get(node.layer()).add(node));
    List<Row> rows = new ArrayList<>();
    nodes.forEach(
        (layer, of) -> {
          if (layer.declaration() != null) {
            rows.add(row(layer, written.dims(layer.path()), of, resolved));
          }
        });
    return new Summary(rows);
  }

  public long parameters() {
    return rows.stream().mapToLong(Row::parameters).reduce(0, Math::addExact);
  }

  public long multiplyAdds() {
    return rows.stream().mapToLong(Row::multiplyAdds).reduce(0, Math::addExact);
  }

  private static Row row(Layer layer, Dims output, List<Node> nodes, Graph graph) {
    long parameters = 0;
    long multiplyAdds = 0;
    for (Node node : nodes) {
      parameters += node.op().parameters(graph.inputDims(node));
      multiplyAdds += node.op().multiplyAdds(graph.inputDims(node), node.dims());
    }
    return new Row(layer, output, parameters, multiplyAdds);
  }
}
