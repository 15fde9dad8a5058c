package dev.selkie.processor.describe;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Graph;
import dev.selkie.processor.graph.Layer;
import dev.selkie.processor.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the network is made of, layer by layer as the user wrote it.
 *
 * @param input the shape of one image
 * @param rows in the order of the forward pass
 */
public record Summary(Dims input, List<Row> rows) {

  /**
   * One layer: its output, its learnable parameters, its multiply-adds for one image.
   *
   * @param inputs the layers it reads; {@link Graph#INPUT} for the network's input
   */
  public record Row(
      Layer layer, List<String> inputs, Dims output, long parameters, long multiplyAdds) {
    public Row {
      inputs = List.copyOf(inputs);
    }
  }

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
    Map<String, Set<String>> inputs = inputs(written);
    List<Row> rows = new ArrayList<>();
    nodes.forEach(
        (layer, of) -> {
          if (layer.declaration() != null) {
            rows.add(row(layer, List.copyOf(inputs.get(layer.path())), written, of, resolved));
          }
        });
    return new Summary(written.dims(Graph.INPUT), rows);
  }

  public long parameters() {
    return rows.stream().mapToLong(Row::parameters).reduce(0, Math::addExact);
  }

  public long multiplyAdds() {
    return rows.stream().mapToLong(Row::multiplyAdds).reduce(0, Math::addExact);
  }

  private static Row row(
      Layer layer, List<String> inputs, Graph written, List<Node> nodes, Graph resolved) {
    long parameters = 0;
    long multiplyAdds = 0;
    for (Node node : nodes) {
      parameters += node.op().parameters(resolved.inputDims(node));
      multiplyAdds += node.op().multiplyAdds(resolved.inputDims(node), node.dims());
    }
    return new Row(layer, inputs, written.dims(layer.path()), parameters, multiplyAdds);
  }

  /** What each layer reads, by path. */
  private static Map<String, Set<String>> inputs(Graph written) {
    Map<String, Set<String>> inputs = new HashMap<>();
    for (Node node : written.nodes()) {
      String reader = node.layer().path();
      Set<String> read = inputs.computeIfAbsent(reader, k -> new LinkedHashSet<>());
      node.inputs().forEach(input -> read.add(written.node(input).layer().path()));
      read.remove(reader);
    }
    return inputs;
  }
}
