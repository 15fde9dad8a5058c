package dev.selkie.processor.emit;

import dev.selkie.processor.describe.Summary;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Call;
import dev.selkie.processor.program.Field;
import dev.selkie.processor.program.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What one group has of everything that is printed.
 *
 * @param buffers planned ones that the group declares, in the order of their first use
 */
record GroupParts(
    String group,
    List<Buffer> buffers,
    List<Field> fields,
    List<Call> forward,
    List<Call> backward,
    List<Call> fold,
    List<Call> infer,
    List<Summary.Row> rows) {

  /** All groups in the order of the forward pass; the whole is walked once, not once for each. */
  static List<GroupParts> of(NetworkSource source) {
    Program program = source.program();
    Map<String, List<Buffer>> buffers = by(Buffer::group, source.buffers());
    Map<String, List<Field>> fields = by(Field::group, program.fields());
    Map<String, List<Call>> forward = by(Call::group, program.forward());
    Map<String, List<Call>> backward = by(Call::group, program.backward());
    Map<String, List<Call>> fold = by(Call::group, program.fold());
    Map<String, List<Call>> infer = by(Call::group, program.infer());
    Map<String, List<Summary.Row>> rows = by(row -> row.layer().group(), source.summary().rows());
    return source.groups().stream()
        .map(
            group ->
                new GroupParts(
                    group,
                    buffers.getOrDefault(group, List.of()),
                    fields.getOrDefault(group, List.of()),
                    forward.getOrDefault(group, List.of()),
                    backward.getOrDefault(group, List.of()),
                    fold.getOrDefault(group, List.of()),
                    infer.getOrDefault(group, List.of()),
                    rows.getOrDefault(group, List.of())))
        .toList();
  }

  private static <T> Map<String, List<T>> by(Function<T, String> group, Iterable<T> all) {
    Map<String, List<T>> found = new HashMap<>();
    for (T each : all) {
      found.computeIfAbsent(group.apply(each), key -> new ArrayList<>()).add(each);
    }
    return found;
  }
}
