package dev.selkie.processor.autodiff;

import dev.selkie.processor.graph.Graph;
import dev.selkie.processor.graph.Node;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Field;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Pass;
import dev.selkie.processor.program.Program;
import dev.selkie.processor.program.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reverse-mode differentiation: the forward verbs in the graph's order, then each node's backward
 * verbs in exactly the reverse; beside them the verbs of inference.
 */
public final class Differentiation {
  private Differentiation() {}

  public static Program differentiate(Graph training, Graph inference) {
    Map<String, Field> fields = new LinkedHashMap<>();
    Pass forward = new Pass(Buffer.Role.ACTIVATION, fields);
    for (Node node : training.nodes()) {
      node.op().forward(new Scope(training, node, forward));
    }
    Pass backward = new Pass(Buffer.Role.ACTIVATION, fields);
    Gradients gradients = new Gradients(training, backward);
    List<Node> nodes = training.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (gradients.enter(nodes.get(i))) {
        nodes.get(i).op().backward(new Scope(training, nodes.get(i), backward), gradients);
      }
    }
    Pass infer = new Pass(Buffer.Role.INFERENCE, fields);
    for (Node node : inference.nodes()) {
      node.op().infer(new Scope(inference, node, infer));
    }
    return new Program(
        forward.calls(),
        backward.calls(),
        infer.folds(),
        infer.calls(),
        List.copyOf(fields.values()));
  }
}
