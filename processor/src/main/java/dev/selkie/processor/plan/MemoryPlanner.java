package dev.selkie.processor.plan;

import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Call;
import dev.selkie.processor.program.Program;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lifetimes along the program's order, then offsets: the largest first, each at the lowest offset
 * that is free all its life (greedy by size; Pisarchyk and Lee, 2020). Training and inference are
 * planned over the same region, as they never run at once.
 */
public final class MemoryPlanner {
  private final Map<Buffer, Long> offsets = new HashMap<>();
  private long planned;
  private long unshared;

  private MemoryPlanner() {}

  public static MemoryPlan plan(Program program) {
    MemoryPlanner planner = new MemoryPlanner();
    List<Call> training = new ArrayList<>(program.forward());
    training.addAll(program.backward());
    List<Lifetime> lifetimes = lifetimes(training);
    List<Placement> placements = planner.place(lifetimes);
    planner.place(lifetimes(program.infer()));
    return new MemoryPlan(
        planner.offsets,
        new Timeline(program.forward().size(), program.backward().size(), placements),
        planner.planned,
        planner.unshared,
        live(lifetimes));
  }

  private static List<Lifetime> lifetimes(List<Call> calls) {
    Map<Buffer, Integer> lastUse = new HashMap<>();
    for (int i = 0; i < calls.size(); i++) {
      for (Buffer buffer : planned(calls.get(i))) {
        lastUse.put(buffer, i);
      }
    }
    Map<Buffer, Lifetime> found = new LinkedHashMap<>();
    for (int i = 0; i < calls.size(); i++) {
      for (Buffer buffer : planned(calls.get(i))) {
        Lifetime lifetime = found.get(buffer);
        if (lifetime == null) {
          lifetime = start(buffer, calls.get(i), i, found, lastUse);
          found.put(buffer, lifetime);
        }
        lifetime.touch(i);
      }
    }
    return new ArrayList<>(new LinkedHashSet<>(found.values()));
  }

  /** A new place, or that of the input which the verb may overwrite and nobody needs afterwards. */
  private static Lifetime start(
      Buffer buffer,
      Call call,
      int index,
      Map<Buffer, Lifetime> found,
      Map<Buffer, Integer> lastUse) {
    Buffer source = call.inPlace();
    boolean shares =
        source != null
            && source.planned()
            && buffer.equals(call.arguments().get(0))
            && lastUse.get(source) == index
            && source.bytes() == buffer.bytes();
    if (!shares) {
      return new Lifetime(buffer, index);
    }
    Lifetime place = found.get(source);
    place.share(buffer);
    return place;
  }

  private static Set<Buffer> planned(Call call) {
    Set<Buffer> touched = new LinkedHashSet<>(call.reads());
    touched.addAll(call.writes());
    touched.removeIf(buffer -> !buffer.planned());
    return touched;
  }

  private List<Placement> place(List<Lifetime> lifetimes) {
    List<Lifetime> bySize = new ArrayList<>(lifetimes);
    bySize.sort(
        Comparator.comparingLong(Lifetime::bytes).reversed().thenComparing(Lifetime::first));
    Occupancy occupancy = new Occupancy(calls(lifetimes));
    List<Placement> placed = new ArrayList<>();
    for (Lifetime lifetime : bySize) {
      int first = lifetime.first();
      int last = lifetime.last();
      long offset = occupancy.lowestFree(first, last, lifetime.bytes());
      long end = offset + lifetime.bytes();
      occupancy.take(first, last, offset, end);
      placed.add(lifetime.at(offset));
      planned = Math.max(planned, end);
      unshared += lifetime.bytes();
      lifetime.buffers().forEach(buffer -> offsets.put(buffer, offset));
    }
    return placed;
  }

  private static int calls(List<Lifetime> lifetimes) {
    return lifetimes.stream().mapToInt(Lifetime::last).max().orElse(0) + 1;
  }

  private static long live(List<Lifetime> lifetimes) {
    long[] change = new long[calls(lifetimes) + 1];
    for (Lifetime lifetime : lifetimes) {
      change[lifetime.first()] += lifetime.bytes();
      change[lifetime.last() + 1] -= lifetime.bytes();
    }
    long now = 0;
    long most = 0;
    for (long step : change) {
      now += step;
      most = Math.max(most, now);
    }
    return most;
  }
}
