package dev.selkie.processor.program;

import java.util.List;

/**
 * A network as verbs: straight-line calls on buffers and fields, in the order they run.
 *
 * @param fields in the order they must be made
 */
public record Program(
    List<Call> forward,
    List<Call> backward,
    List<Call> fold,
    List<Call> infer,
    List<Field> fields) {

  public Program {
    forward = List.copyOf(forward);
    backward = List.copyOf(backward);
    fold = List.copyOf(fold);
    infer = List.copyOf(infer);
    fields = List.copyOf(fields);
  }

  public Footprint footprint() {
    return fields.stream().map(Field::footprint).reduce(Footprint.NONE, Footprint::plus);
  }
}
