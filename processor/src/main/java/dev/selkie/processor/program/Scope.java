package dev.selkie.processor.program;

import dev.selkie.annotation.Gate;
import dev.selkie.annotation.Scale;
import dev.selkie.annotation.Squeeze;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Graph;
import dev.selkie.processor.graph.Node;
import dev.selkie.runtime.Element;
import java.util.ArrayList;
import java.util.List;

/** The vocabulary in which an op states its verbs: the buffers, fields and calls of one node. */
public final class Scope {
  private final Graph graph;
  private final Node node;
  private final Pass pass;

  public Scope(Graph graph, Node node, Pass pass) {
    this.graph = graph;
    this.node = node;
    this.pass = pass;
  }

  public String path() {
    return node.path();
  }

  public int inputs() {
    return node.inputs().size();
  }

  public Buffer in(int index) {
    return pass.value(graph, graph.node(node.input(index)));
  }

  public Buffer out() {
    return pass.value(graph, node);
  }

  public Dims inDims(int index) {
    return graph.dims(node.input(index));
  }

  public Dims outDims() {
    return node.dims();
  }

  /** Kept by forward for backward. */
  public Buffer saved(String suffix, Element element) {
    return new Buffer(
        node.path() + "." + suffix, node.layer().group(), node.dims(), element, Buffer.Role.SAVED);
  }

  /** A further value of this node. */
  public Buffer part(String suffix) {
    return pass.part(node, suffix);
  }

  /** The gradient of a further value of this node. */
  public Buffer gradient(String suffix) {
    return new Buffer(
        node.path() + "." + suffix,
        node.layer().group(),
        node.dims(),
        Element.FLOAT32,
        Buffer.Role.GRADIENT);
  }

  public CallBuilder call(String verb) {
    return new CallBuilder(verb, node.layer().group(), pass.calls()::add);
  }

  /** A statement of the preparation of inference. */
  public CallBuilder fold(String verb) {
    return new CallBuilder(verb, node.layer().group(), pass.folds()::add);
  }

  // ---- fields -----------------------------------------------------------------------------------

  public Field convWeight(
      String path, int out, int in, int kernelHeight, int kernelWidth, int groups) {
    return field(
        path,
        "Parameter",
        Footprint.weight((long) out * (in / groups) * kernelHeight * kernelWidth),
        "convWeight(%s, %s, %s, %s, %s, %s)"
            .formatted(quoted(path), out, in, kernelHeight, kernelWidth, groups));
  }

  public Field denseWeight(String path, int out, Dims in) {
    return field(
        path,
        "Parameter",
        Footprint.weight((long) out * in.elements()),
        "denseWeight(%s, %s, %s, %s, %s)"
            .formatted(quoted(path), out, in.height(), in.width(), in.channels()));
  }

  public Field bias(String path, int out) {
    return field(
        path, "Parameter", Footprint.vector(out), "bias(%s, %s)".formatted(quoted(path), out));
  }

  public Field batchNorm(String path, int channels, Scale scale) {
    String arguments = "batchNorm(%s, %s".formatted(quoted(path), channels);
    Footprint footprint = Footprint.batchNorm(channels);
    return scale == Scale.ONE
        ? field(path, "BatchNorm", footprint, arguments + ")")
        : field(path, "BatchNorm", footprint, arguments + ", ", "Initializer." + scale, ")");
  }

  public Field excitation(
      String path, int channels, int hidden, boolean biased, Squeeze squeeze, Gate gate) {
    String arguments = "%s, %s, %s, %b".formatted(quoted(path), channels, hidden, biased);
    Footprint footprint = Footprint.excitation(channels, hidden, biased, squeeze == Squeeze.MAX);
    if (squeeze == Squeeze.AVERAGE && gate == Gate.SIGMOID) {
      return field(path, "Excitation", footprint, "excitation(" + arguments + ")");
    }
    return field(
        path,
        "Excitation",
        footprint,
        "excitation(" + arguments + ", ",
        "Squeeze." + squeeze,
        ", ",
        "Gate." + gate,
        ")");
  }

  public Field foldedWeight(Field weight, long elements) {
    return field(
        weight.path() + ".folded",
        "Tensor",
        Footprint.folded(elements),
        "foldedWeight(",
        weight,
        ")");
  }

  public Field foldedBias(Field weight, int out) {
    return field(
        weight.path() + ".folded.bias",
        "Tensor",
        Footprint.folded(out),
        "foldedBias(",
        weight,
        ")");
  }

  /** Several buffers as one argument; a path that starts with "d " is that of gradients. */
  public Field list(String path, List<Buffer> buffers) {
    List<Object> parts = new ArrayList<>();
    for (Buffer buffer : buffers) {
      parts.add(parts.isEmpty() ? "List.of(" : ", ");
      parts.add(buffer);
    }
    parts.add(")");
    return field(path, Field.LIST, Footprint.NONE, parts.toArray());
  }

  /** A field whose initialiser is made of texts, buffers and other fields. */
  public Field field(String path, String type, Footprint footprint, Object... initializer) {
    List<Object> parts = new ArrayList<>();
    for (Object part : initializer) {
      parts.add(part instanceof String java ? new Text(java) : part);
    }
    return pass.declare(new Field(path, node.layer().group(), type, parts, footprint));
  }

  private static String quoted(String path) {
    return '"' + path + '"';
  }
}
