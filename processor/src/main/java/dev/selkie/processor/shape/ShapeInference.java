package dev.selkie.processor.shape;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.check.Problems;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Graph;
import dev.selkie.processor.graph.Layer;
import dev.selkie.processor.graph.Node;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.graph.op.Shortcut;
import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Walks forward and fills in every shape; what follows from a wrong shape is not complained of. */
public final class ShapeInference {
  private final Problems problems;
  private final Map<String, Node> shaped = new HashMap<>();

  private ShapeInference(Problems problems) {
    this.problems = problems;
  }

  /** Null where problems were added. */
  public static Graph infer(Graph graph, Problems problems) {
    ShapeInference inference = new ShapeInference(problems);
    List<Node> nodes = inference.walk(graph);
    if (nodes.size() < graph.nodes().size()) {
      return null;
    }
    Graph result = new Graph(nodes, graph.output().path());
    return inference.endsInLogits(result.output()) ? result : null;
  }

  /** Adds the problems of a graph whose nodes may read what no node makes. */
  public static void check(Graph graph, Problems problems) {
    ShapeInference inference = new ShapeInference(problems);
    inference.walk(graph);
    Node output = graph.output();
    if (output != null && inference.shaped.containsKey(output.path())) {
      inference.endsInLogits(inference.shaped.get(output.path()));
    }
  }

  private List<Node> walk(Graph graph) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Dims dims = shape(node);
      if (dims != null) {
        Node done = node.withDims(dims);
        shaped.put(node.path(), done);
        nodes.add(done);
      }
    }
    return nodes;
  }

  private Dims shape(Node node) {
    List<Operand> operands = new ArrayList<>();
    for (String input : node.inputs()) {
      Node source = shaped.get(input);
      if (source == null) {
        return null;
      }
      operands.add(new Operand(name(source.layer(), node.layer()), source.dims()));
    }
    try {
      Dims dims = node.op().shape(node.layer().path(), operands);
      requireSmall(node.op(), operands.stream().map(Operand::dims).toList(), dims);
      return dims;
    } catch (ShapeException e) {
      problems.report(e.problem(), site(node.layer(), e.member()), e.arguments());
    } catch (ArithmeticException e) {
      problems.report(
          Message.TOO_LARGE,
          site(node.layer(), null),
          node.layer().path(),
          "its values or its weights exceed 2^31 - 1");
    }
    return null;
  }

  /** Buffers are indexed by int; throws where one would not be. */
  private static void requireSmall(Op op, List<Dims> inputs, Dims dims) throws ShapeException {
    if (op instanceof Shortcut shortcut) {
      Dims between = inputs.get(0);
      for (Shortcut.Part part : shortcut.parts()) {
        List<Dims> read = List.of(between);
        between = part.op().shape("", List.of(new Operand("", between)));
        requireSmall(part.op(), read, between);
      }
    }
    Math.multiplyExact(dims.elements(), Float.BYTES);
    Math.multiplyExact(Math.toIntExact(op.parameters(inputs)), Float.BYTES);
    op.multiplyAdds(inputs, dims);
  }

  private boolean endsInLogits(Node output) {
    if (output.dims().positions() == 1) {
      return true;
    }
    problems.report(
        Message.NOT_LOGITS, site(output.layer(), null), output.layer().path(), output.dims());
    return false;
  }

  /** How a layer calls one that it reads: as its author wrote it. */
  private static String name(Layer source, Layer reader) {
    String path = source.path();
    if (path.equals(Graph.INPUT)) {
      return "the input";
    }
    return source.group().equals(reader.group())
        ? path.substring(path.lastIndexOf('.') + 1)
        : path.substring(0, path.contains(".") ? path.indexOf('.') : path.length());
  }

  private static Site site(Layer layer, String member) {
    LayerDeclaration declaration = layer.declaration();
    return member == null ? declaration.site() : declaration.at(member);
  }
}
