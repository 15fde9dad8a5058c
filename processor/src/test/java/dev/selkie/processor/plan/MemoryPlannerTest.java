package dev.selkie.processor.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Call;
import dev.selkie.processor.program.Program;
import dev.selkie.runtime.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Plans hold when they are played: nothing that is still needed is overwritten. */
class MemoryPlannerTest {
  @Test
  void randomProgramsPlayOnTheirPlans() {
    for (int seed = 0; seed < 200; seed++) {
      Program program = random(new Random(seed));
      MemoryPlan plan = MemoryPlanner.plan(program);
      PlanVerifier.verify(plan, program);
      assertTrue(plan.planned() >= plan.live(), "smaller than what is alive at once");
      assertTrue(plan.planned() <= plan.unshared(), "larger than without sharing");
    }
  }

  @Test
  void chainNeedsTwoPlaces() {
    List<Call> calls = new ArrayList<>();
    for (int i = 1; i < 10; i++) {
      calls.add(call(buffer(i, 64), null, buffer(i - 1, 64)));
    }
    calls.add(0, call(buffer(0, 64), null));
    MemoryPlan plan = MemoryPlanner.plan(program(calls));
    assertEquals(2 * buffer(0, 64).bytes(), plan.planned());
    assertEquals(plan.live(), plan.planned());
  }

  @Test
  void verbMayOverwriteWhatNobodyNeedsAfterwards() {
    Buffer x = buffer(0, 64);
    Buffer y = buffer(1, 64);
    Call start = call(x, null);
    Call inPlace = call(y, x, x);
    assertEquals(x.bytes(), MemoryPlanner.plan(program(List.of(start, inPlace))).planned());
    Call later = call(buffer(2, 64), null, x, y);
    MemoryPlan plan = MemoryPlanner.plan(program(List.of(start, inPlace, later)));
    assertFalse(plan.offset(x) == plan.offset(y), "x is read once more");
  }

  @Test
  void planThatOverwritesIsRefused() {
    Buffer x = buffer(0, 64);
    Buffer y = buffer(1, 32);
    Program program =
        program(List.of(call(x, null), call(y, null), call(buffer(2, 8), null, x, y)));
    MemoryPlan plan = MemoryPlanner.plan(program);
    Map<Buffer, Long> offsets = new HashMap<>(plan.offsets());
    offsets.put(y, offsets.get(x) + 64);
    MemoryPlan broken = new MemoryPlan(offsets, plan.training(), plan.planned(), 0, 0);
    assertThrows(IllegalStateException.class, () -> PlanVerifier.verify(broken, program));
  }

  /** Each call makes one buffer from up to three earlier ones. */
  private static Program random(Random random) {
    List<Call> calls = new ArrayList<>();
    List<Buffer> made = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Buffer[] reads = new Buffer[made.isEmpty() ? 0 : random.nextInt(4)];
      for (int k = 0; k < reads.length; k++) {
        reads[k] = made.get(Math.max(0, made.size() - 1 - random.nextInt(12)));
      }
      Buffer inPlace = reads.length > 0 && random.nextBoolean() ? reads[0] : null;
      Buffer written = buffer(i, 1 + random.nextInt(5) * 16);
      calls.add(call(written, inPlace, reads));
      made.add(written);
    }
    return program(calls);
  }

  private static Program program(List<Call> calls) {
    return new Program(calls, List.of(), List.of(), List.of(), List.of());
  }

  private static Call call(Buffer written, Buffer inPlace, Buffer... reads) {
    return new Call(
        "verb", "g", List.of(written), Set.of(written), Set.copyOf(List.of(reads)), inPlace, null);
  }

  private static Buffer buffer(int number, int channels) {
    return new Buffer(
        "b" + number, "g", new Dims(channels, 1, 1), Element.FLOAT32, Buffer.Role.ACTIVATION);
  }
}
