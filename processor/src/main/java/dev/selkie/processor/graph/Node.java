package dev.selkie.processor.graph;

import java.util.List;

/**
 * One operation and the value it makes; both go by its path. A layer is one or several nodes, the
 * last of which bears the layer's own path.
 *
 * @param inputs paths of the nodes it reads
 * @param dims null until shapes are inferred
 */
public record Node(String path, Layer layer, Op op, List<String> inputs, Dims dims) {

  public Node {
    inputs = List.copyOf(inputs);
  }

  public Node withDims(Dims found) {
    return new Node(path, layer, op, inputs, found);
  }

  public Node withInputs(List<String> others) {
    return new Node(path, layer, op, others, dims);
  }

  public String input(int index) {
    return inputs.get(index);
  }
}
