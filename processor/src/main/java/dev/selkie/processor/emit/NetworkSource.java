package dev.selkie.processor.emit;

import dev.selkie.processor.describe.Summary;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.model.ModelDeclaration;
import dev.selkie.processor.plan.MemoryPlan;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Call;
import dev.selkie.processor.program.Program;
import dev.selkie.runtime.Layout;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All that the emitter prints.
 *
 * @param classes of the logits
 */
public record NetworkSource(
    ModelDeclaration declaration,
    Summary summary,
    Program program,
    MemoryPlan plan,
    Layout layout,
    Dims input,
    int classes) {

  /** Groups in the order of the forward pass. */
  List<String> groups() {
    Set<String> groups = new LinkedHashSet<>();
    summary.rows().forEach(row -> groups.add(row.layer().group()));
    return List.copyOf(groups);
  }

  /** Groups with calls in this pass, in its order. */
  List<String> groups(List<Call> pass) {
    Set<String> groups = new LinkedHashSet<>();
    String present = null;
    for (Call call : pass) {
      if (!call.group().equals(present) && !groups.add(call.group())) {
        throw new IllegalStateException("the calls of " + call.group() + " lie apart");
      }
      present = call.group();
    }
    return List.copyOf(groups);
  }

  /** Planned buffers in the order of their first use. */
  Set<Buffer> buffers() {
    Set<Buffer> found = new LinkedHashSet<>();
    for (List<Call> pass : List.of(program.forward(), program.backward(), program.infer())) {
      for (Call call : pass) {
        call.writes().stream().filter(Buffer::planned).forEach(found::add);
      }
    }
    return found;
  }
}
