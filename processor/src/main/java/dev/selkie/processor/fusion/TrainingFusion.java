package dev.selkie.processor.fusion;

import dev.selkie.annotation.Squeeze;
import dev.selkie.processor.graph.Graph;
import dev.selkie.processor.graph.Node;
import dev.selkie.processor.graph.op.BatchNorm;
import dev.selkie.processor.graph.op.Relu;
import dev.selkie.processor.graph.op.SqueezeExcite;
import java.util.List;

/**
 * Merges what follows a batch norm into the norm's two passes: squeeze-and-excitation, a residual
 * (itself behind a norm or not), a ReLU.
 *
 * <p>Why the squeeze-and-excitation may merge: its squeeze is the mean of what it reads, and where
 * that is the batch norm's own output, without a non-linearity between and with no other reader, it
 * is {@code a * mean(x) + b}: a function of the sums that the norm takes anyway. Behind a ReLU it
 * is not, and stays on its own; so does a squeeze to the maximum, which is {@code a * max(x) + b}
 * or {@code a * min(x) + b} as the sign of a will have it, and neither is a function of those sums.
 * The gate's function is no concern: it is taken between the passes.
 */
public final class TrainingFusion {
  private final Graph graph;
  private final Rewrite rewrite;
  private final Tails tails;

  private TrainingFusion(Graph graph) {
    this.graph = graph;
    this.rewrite = new Rewrite(graph);
    this.tails = new Tails(graph, this::rank);
  }

  public static Graph fuse(Graph graph) {
    TrainingFusion fusion = new TrainingFusion(graph);
    // Heads of sums first: they may take up another norm as that of their residual.
    graph.nodes().stream()
        .filter(node -> node.op() instanceof BatchNorm)
        .filter(node -> fusion.tails.sum(fusion.gated(node)) != null)
        .forEach(fusion::merge);
    graph.nodes().stream()
        .filter(node -> node.op() instanceof BatchNorm && !fusion.rewrite.isMerged(node))
        .filter(node -> fusion.tails.sum(fusion.gated(node)) == null)
        .forEach(fusion::merge);
    return fusion.rewrite.apply();
  }

  private int rank(Node node) {
    if (node.op() instanceof SqueezeExcite) {
      return mergeable(node) ? 2 : 0;
    }
    return node.op() instanceof BatchNorm ? 1 : 0;
  }

  /** Whether this squeeze is a mean, and reads a batch norm directly and alone. */
  private boolean mergeable(Node excitation) {
    if (((SqueezeExcite) excitation.op()).squeeze() != Squeeze.AVERAGE) {
      return false;
    }
    Node source = graph.node(excitation.input(0));
    return source.op() instanceof BatchNorm && graph.onlyReader(source) == excitation;
  }

  /** The excitation behind a norm where it may merge, else the norm itself. */
  private Node gated(Node norm) {
    Node reader = graph.onlyReader(norm);
    boolean merges = reader != null && reader.op() instanceof SqueezeExcite && mergeable(reader);
    return merges ? reader : norm;
  }

  private void merge(Node norm) {
    BatchNorm op = (BatchNorm) norm.op();
    List<String> inputs = norm.inputs();
    Node end = gated(norm);
    if (end.op() instanceof SqueezeExcite excitation) {
      rewrite.merge(norm);
      op = op.excite(excitation);
    }
    Node sum = tails.sum(end);
    if (sum != null) {
      rewrite.merge(end);
      Node other = tails.other(sum, end);
      boolean normed = other.op() instanceof BatchNorm && graph.onlyReader(other) == sum;
      if (normed) {
        rewrite.merge(other);
      }
      op = op.add(normed ? ((BatchNorm) other.op()).weights() : null);
      inputs = List.of(norm.input(0), normed ? other.input(0) : other.path());
      end = sum;
    }
    Node reader = graph.onlyReader(end);
    if (reader != null && reader.op() instanceof Relu) {
      rewrite.merge(end);
      op = op.withRelu();
      end = reader;
    }
    rewrite.replace(new Node(end.path(), end.layer(), op, inputs, end.dims()));
  }
}
