package dev.selkie.processor.program;

import dev.selkie.processor.graph.Graph;
import dev.selkie.processor.graph.Node;
import dev.selkie.runtime.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The calls of one walk over a graph, as they are collected; fields are shared between walks. */
public final class Pass {
  private final Buffer.Role role;
  private final Map<String, Field> fields;
  private final List<Call> calls = new ArrayList<>();
  private final List<Call> folds = new ArrayList<>();

  /**
   * @param role what the values of this walk are
   * @param fields all fields of the network by path
   */
  public Pass(Buffer.Role role, Map<String, Field> fields) {
    this.role = role;
    this.fields = fields;
  }

  public List<Call> calls() {
    return calls;
  }

  public List<Call> folds() {
    return folds;
  }

  /** The buffer of a node's value. */
  public Buffer value(Graph graph, Node node) {
    Buffer.Role place = role;
    if (node.path().equals(Graph.INPUT)) {
      place = Buffer.Role.FIXED_INPUT;
    } else if (node.path().equals(graph.output().path())) {
      place = Buffer.Role.FIXED_LOGITS;
    }
    return new Buffer(node.path(), node.layer().group(), node.dims(), Element.FLOAT32, place);
  }

  /** A further value of a node. */
  Buffer part(Node node, String suffix) {
    String path = node.path() + "." + suffix;
    return new Buffer(path, node.layer().group(), node.dims(), Element.FLOAT32, role);
  }

  /** The field of that path; the walk that comes first declares it. */
  Field declare(Field field) {
    Field earlier = fields.putIfAbsent(field.path(), field);
    return earlier == null ? field : earlier;
  }
}
