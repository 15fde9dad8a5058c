package dev.selkie.runtime.conformance;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A network's arena, each region of which is an allocation of its own with a guard behind it: both
 * kinds of parameters and their gradients, each statistic, each buffer that is never reused, and
 * all that is planned.
 */
final class GuardedArena implements Arena {
  /** Values behind what alignment leaves. */
  private static final int GUARD = 64;

  private static final float MARK = 1.2345678e30f;

  /** Regions of which other tensors are parts; nothing else may share bytes. */
  private static final Set<String> WHOLES = Set.of("decayed", "ddecayed", "plain", "dplain");

  private final Backend backend;
  private final long bytes;
  private final long planned;
  private final List<Region> regions = new ArrayList<>();

  GuardedArena(Backend backend, Layout layout, int batch) {
    this.backend = backend;
    this.bytes = layout.bytes(batch, backend.precision().activations());
    this.planned = layout.bytesFixed() + layout.workspace() * batch;
    if (planned < bytes) {
      regions.add(region("what is planned", planned, bytes, true));
    }
  }

  /** Bytes from one offset of the network's arena up to another. */
  private record Region(String name, long from, long to, boolean whole, Arena arena, Tensor all) {
    boolean meets(long start, long end) {
      return start < to && from < end;
    }

    boolean holds(long start, long end) {
      return from <= start && end <= to;
    }

    boolean disturbed() {
      float[] values = new float[(int) all.shape().elements()];
      all.read(values);
      for (int i = floats(to - from); i < values.length; i++) {
        if (values[i] != MARK) {
          return true;
        }
      }
      return false;
    }
  }

  @Override
  public Tensor tensor(String name, Shape shape, Element element, long offset) {
    long end = offset + element.bytes(shape.elements());
    if (offset < 0 || end > bytes) {
      throw new IllegalStateException("%s ends outside of the arena".formatted(name));
    }
    Region region = null;
    for (Region other : regions) {
      if (other.whole() && other.holds(offset, end) && !WHOLES.contains(name)) {
        region = other;
      } else if (other.meets(offset, end)) {
        throw new IllegalStateException(
            "%s shares bytes with %s, from %d on".formatted(name, other.name(), offset));
      }
    }
    if (region == null) {
      region = region(name, offset, end, WHOLES.contains(name));
      regions.add(region);
    }
    return region.arena().tensor(name, shape, element, offset - region.from());
  }

  @Override
  public long bytes() {
    return bytes;
  }

  /** The first region behind which something was written, where there is one. */
  Optional<String> disturbance() {
    return regions.stream()
        .filter(Region::disturbed)
        .map(region -> "something was written behind " + region.name())
        .findFirst();
  }

  private Region region(String name, long from, long to, boolean whole) {
    float[] values = new float[floats(Layout.align(to - from)) + GUARD];
    Arrays.fill(values, floats(to - from), values.length, MARK);
    Arena arena = backend.allocate(Element.FLOAT32.bytes(values.length));
    Tensor all =
        arena.tensor(name + " and its guard", Shape.vector(values.length), Element.FLOAT32, 0);
    all.write(values);
    return new Region(name, from, to, whole, arena, all);
  }

  private static int floats(long bytes) {
    return Math.toIntExact((bytes + Float.BYTES - 1) / Float.BYTES);
  }
}
