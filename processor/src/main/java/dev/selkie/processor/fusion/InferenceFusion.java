package dev.selkie.processor.fusion;

import dev.selkie.annotation.Activation;
import dev.selkie.processor.graph.Graph;
import dev.selkie.processor.graph.Node;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.op.BatchNorm;
import dev.selkie.processor.graph.op.Convolution;
import dev.selkie.processor.graph.op.Dropout;
import dev.selkie.processor.graph.op.FoldedConvolution;
import dev.selkie.processor.graph.op.InferenceEpilogue;
import dev.selkie.processor.graph.op.Relu;
import dev.selkie.processor.graph.op.Sigmoid;
import dev.selkie.processor.graph.op.SqueezeExcite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The inference pass of the same network: no dropout, batch norms folded into the convolutions
 * before them, sums and activations joined to what precedes them.
 */
public final class InferenceFusion {
  private final Graph graph;
  private final Rewrite rewrite;
  private final Tails tails;

  private InferenceFusion(Graph graph) {
    this.graph = graph;
    this.rewrite = new Rewrite(graph);
    this.tails = new Tails(graph, InferenceFusion::rank);
  }

  public static Graph fuse(Graph training) {
    Graph graph = withoutDropout(training);
    InferenceFusion fusion = new InferenceFusion(graph);
    graph.nodes().stream().filter(node -> rank(node) > 0).forEach(fusion::merge);
    return fusion.rewrite.apply();
  }

  private static int rank(Node node) {
    if (node.op() instanceof SqueezeExcite) {
      return 2;
    }
    return node.op() instanceof BatchNorm ? 1 : 0;
  }

  /** One that the output is handed on by stays: the input is no place for logits. */
  private static Graph withoutDropout(Graph graph) {
    Map<String, String> passed = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      List<String> inputs = node.inputs().stream().map(i -> passed.getOrDefault(i, i)).toList();
      boolean copies = node == graph.output() && inputs.contains(Graph.INPUT);
      if (node.op() instanceof Dropout && !copies) {
        passed.put(node.path(), inputs.get(0));
      } else {
        nodes.add(node.withInputs(inputs));
      }
    }
    String output = graph.output().path();
    return new Graph(nodes, passed.getOrDefault(output, output));
  }

  private void merge(Node head) {
    Node source = graph.node(head.input(0));
    List<String> inputs = head.inputs();
    boolean folds =
        head.op() instanceof BatchNorm
            && source.op() instanceof Convolution
            && graph.onlyReader(source) == head;
    if (folds) {
      rewrite.merge(source);
      inputs = source.inputs();
    }
    Node end = head;
    Node sum = tails.sum(head);
    if (sum != null) {
      rewrite.merge(head);
      inputs = List.of(inputs.get(0), tails.other(sum, head).path());
      end = sum;
    }
    Node reader = graph.onlyReader(end);
    Activation activation = reader == null ? Activation.NONE : activation(reader.op());
    if (activation != Activation.NONE) {
      rewrite.merge(end);
      end = reader;
    }
    Op op = joined(head, folds ? (Convolution) source.op() : null, sum != null, activation);
    rewrite.replace(new Node(end.path(), end.layer(), op, inputs, end.dims()));
  }

  private static Op joined(Node head, Convolution folded, boolean residual, Activation activation) {
    if (head.op() instanceof SqueezeExcite excitation) {
      return new InferenceEpilogue(null, excitation, residual, activation);
    }
    BatchNorm norm = (BatchNorm) head.op();
    return folded == null
        ? new InferenceEpilogue(norm, null, residual, activation)
        : new FoldedConvolution(folded, norm, residual, activation);
  }

  private static Activation activation(Op op) {
    if (op instanceof Relu) {
      return Activation.RELU;
    }
    return op instanceof Sigmoid ? Activation.SIGMOID : Activation.NONE;
  }
}
