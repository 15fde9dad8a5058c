package dev.selkie.processor.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Call;
import dev.selkie.processor.program.Program;
import dev.selkie.runtime.Element;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The planner's rule in one sentence, tried on every pair of buffers: the largest first, the
 * earlier of equals, each at the lowest offset where it meets none that is placed already and lives
 * at one time with it.
 */
class PlacementRuleTest {
  private static final int PROGRAMS = 300;

  /** When the i-th of n buffers begins and ends. */
  private interface Lives {
    int[] life(Random random, int i, int n);
  }

  @Test
  void anyLives() {
    hold((random, i, n) -> ordered(random.nextInt(n), random.nextInt(n)));
  }

  @Test
  void shortLives() {
    hold(
        (random, i, n) -> {
          int first = random.nextInt(n);
          return new int[] {first, Math.min(n - 1, first + random.nextInt(4))};
        });
  }

  /** As in training: what forward makes lives until backward comes by, gradients are short. */
  @Test
  void nestedLives() {
    hold(
        (random, i, n) -> {
          int first = i / 2;
          return i % 2 == 0
              ? new int[] {first, n - 1 - first}
              : new int[] {n - 1 - first, Math.min(n - 1, n + 1 - first)};
        });
  }

  private static void hold(Lives lives) {
    for (int seed = 0; seed < PROGRAMS; seed++) {
      Random random = new Random(seed);
      int buffers = 1 + random.nextInt(80);
      int sizes = 1 + random.nextInt(12);
      List<Placement> placed = plan(random, lives, buffers, sizes).training().placements();
      assertEquals(buffers, placed.size(), "buffers that are placed");
      for (int i = 0; i < placed.size(); i++) {
        Placement each = placed.get(i);
        assertTrue(i == 0 || comesBefore(placed.get(i - 1), each), "order of placing");
        assertEquals(lowest(each, placed.subList(0, i)), each.offset(), "seed " + seed);
      }
    }
  }

  private static boolean comesBefore(Placement one, Placement other) {
    return one.bytes() > other.bytes()
        || one.bytes() == other.bytes() && one.first() <= other.first();
  }

  /** Nothing lies lower than the start of the region or the end of another buffer. */
  private static long lowest(Placement placement, List<Placement> earlier) {
    return LongStream.concat(
            LongStream.of(0), earlier.stream().mapToLong(other -> other.offset() + other.bytes()))
        .sorted()
        .filter(offset -> earlier.stream().noneMatch(other -> meet(placement, offset, other)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean meet(Placement placement, long offset, Placement other) {
    boolean inTime = placement.first() <= other.last() && other.first() <= placement.last();
    boolean inSpace =
        offset < other.offset() + other.bytes() && other.offset() < offset + placement.bytes();
    return inTime && inSpace;
  }

  private static MemoryPlan plan(Random random, Lives lives, int buffers, int sizes) {
    List<Set<Buffer>> begins = new ArrayList<>();
    List<Set<Buffer>> ends = new ArrayList<>();
    for (int call = 0; call < buffers; call++) {
      begins.add(new LinkedHashSet<>());
      ends.add(new LinkedHashSet<>());
    }
    for (int i = 0; i < buffers; i++) {
      int[] life = lives.life(random, i, buffers);
      Buffer buffer = buffer(i, 16 * (1 + random.nextInt(sizes)));
      begins.get(life[0]).add(buffer);
      ends.get(life[1]).add(buffer);
    }
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < buffers; i++) {
      calls.add(
          new Call(
              "verb", "g", List.copyOf(begins.get(i)), begins.get(i), ends.get(i), null, null));
    }
    return MemoryPlanner.plan(new Program(calls, List.of(), List.of(), List.of(), List.of()));
  }

  private static int[] ordered(int one, int other) {
    return new int[] {Math.min(one, other), Math.max(one, other)};
  }

  private static Buffer buffer(int number, int channels) {
    return new Buffer(
        "b" + number, "g", new Dims(channels, 1, 1), Element.FLOAT32, Buffer.Role.ACTIVATION);
  }
}
