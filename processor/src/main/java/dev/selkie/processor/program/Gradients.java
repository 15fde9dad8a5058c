package dev.selkie.processor.program;

import dev.selkie.processor.graph.Graph;
import dev.selkie.processor.graph.Node;
import dev.selkie.runtime.Element;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The vocabulary in which ops state gradients, and the sums over all readers of a value: the first
 * contribution overwrites, later ones accumulate, in the verb itself where it can.
 */
public final class Gradients {
  private final Graph graph;
  private final Pass pass;
  private final Set<String> wanted = new HashSet<>();
  private final Map<String, Buffer> found = new HashMap<>();
  private int summands;
  private Node node;

  /** Where an op writes an input's gradient; {@link #done} comes after the verb that writes it. */
  public final class Target {
    private final Buffer sum;
    private final Buffer written;

    private Target(Buffer sum, Buffer written) {
      this.sum = sum;
      this.written = written;
    }

    public Buffer buffer() {
      return written;
    }

    public void done() {
      if (sum != written) {
        accumulate(sum, written);
      }
    }
  }

  public Gradients(Graph graph, Pass pass) {
    this.graph = graph;
    this.pass = pass;
    for (Node each : graph.nodes()) {
      boolean learns = each.op().parameters(graph.inputDims(each)) > 0;
      if (learns || each.inputs().stream().anyMatch(wanted::contains)) {
        wanted.add(each.path());
      }
    }
    Node output = graph.output();
    found.put(
        output.path(),
        new Buffer(
            output.path(),
            output.layer().group(),
            output.dims(),
            Element.FLOAT32,
            Buffer.Role.FIXED_LOGITS_GRADIENT));
  }

  /** Turns to a node; false where nothing before it learns. */
  public boolean enter(Node next) {
    node = next;
    return wanted.contains(next.path());
  }

  /** The gradient of the node's output. */
  public Buffer out() {
    return found.get(node.path());
  }

  public boolean wants(int input) {
    return wanted.contains(node.input(input));
  }

  /** Whether another reader's contribution is there already. */
  public boolean begun(int input) {
    return found.containsKey(node.input(input));
  }

  /** The gradient that {@link #begun}, for a verb that accumulates. */
  public Buffer sum(int input) {
    return found.get(node.input(input));
  }

  /** A place to overwrite; also where nobody wants the gradient but the verb writes it. */
  public Target target(int input) {
    Node source = graph.node(node.input(input));
    Buffer sum = found.get(source.path());
    if (sum != null || !wanted.contains(source.path())) {
      Buffer summand = summand(source);
      return new Target(sum == null ? summand : sum, summand);
    }
    Buffer gradient = buffer(source, "", Buffer.Role.GRADIENT);
    found.put(source.path(), gradient);
    return new Target(gradient, gradient);
  }

  /** The image belongs to no group: what a verb writes for it belongs to the verb's own. */
  private Buffer summand(Node source) {
    summands++;
    return source.path().equals(Graph.INPUT)
        ? new Buffer(
            node.path() + ".image" + summands,
            node.layer().group(),
            source.dims(),
            Element.FLOAT32,
            Buffer.Role.SUMMAND)
        : buffer(source, ".summand" + summands, Buffer.Role.SUMMAND);
  }

  /** The input's gradient is the output's, unchanged; must come last for this node. */
  public void handOn(int input) {
    if (!wants(input)) {
      return;
    }
    if (begun(input)) {
      accumulate(sum(input), out());
    } else {
      found.put(node.input(input), out());
    }
  }

  /** As {@link #handOn}, for an input whose gradient may not share the output's place. */
  public void copyOn(int input) {
    if (!wants(input)) {
      return;
    }
    if (begun(input)) {
      accumulate(sum(input), out());
    } else {
      Target target = target(input);
      call("copy").write(target.buffer()).read(out()).end();
    }
  }

  private void accumulate(Buffer sum, Buffer summand) {
    call("accumulate").update(sum).read(summand).end();
  }

  private CallBuilder call(String verb) {
    return new CallBuilder(verb, node.layer().group(), pass.calls()::add);
  }

  private static Buffer buffer(Node value, String suffix, Buffer.Role role) {
    return new Buffer(
        value.path() + suffix, value.layer().group(), value.dims(), Element.FLOAT32, role);
  }
}
