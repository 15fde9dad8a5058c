package dev.selkie.processor.plan;

import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Call;
import dev.selkie.processor.program.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plays a program over its plan: no verb may read a buffer that another has overwritten since.
 * Throws on our own mistakes.
 */
public final class PlanVerifier {
  private final MemoryPlan plan;

  /** Who wrote last: start of a stretch of memory to the buffer in it. */
  private final TreeMap<Long, Buffer> owners = new TreeMap<>();

  private final Map<Buffer, Boolean> intact = new HashMap<>();

  private PlanVerifier(MemoryPlan plan) {
    this.plan = plan;
  }

  public static MemoryPlan verify(MemoryPlan plan, Program program) {
    List<Call> training = new ArrayList<>(program.forward());
    training.addAll(program.backward());
    new PlanVerifier(plan).play(training);
    new PlanVerifier(plan).play(program.infer());
    return plan;
  }

  private void play(List<Call> calls) {
    for (Call call : calls) {
      for (Buffer read : call.reads()) {
        if (read.planned() && !intact.getOrDefault(read, false)) {
          throw new IllegalStateException(
              "%s in %s reads %s of %s, which is overwritten or not yet made"
                  .formatted(call.verb(), call.group(), read.role(), read.path()));
        }
      }
      call.writes().stream().filter(Buffer::planned).forEach(this::write);
    }
  }

  private void write(Buffer buffer) {
    long start = plan.offset(buffer);
    long end = start + buffer.bytes();
    Map.Entry<Long, Buffer> before = owners.floorEntry(start);
    List<Long> gone = new ArrayList<>(owners.subMap(start, end).keySet());
    if (before != null && before.getKey() + before.getValue().bytes() > start) {
      gone.add(before.getKey());
    }
    for (Long each : gone) {
      Buffer old = owners.remove(each);
      if (old != null) {
        intact.put(old, false);
      }
    }
    owners.put(start, buffer);
    intact.put(buffer, true);
  }
}
