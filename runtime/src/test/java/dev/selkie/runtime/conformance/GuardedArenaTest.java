package dev.selkie.runtime.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.reference.ReferenceBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuardedArenaTest {
  private static final int BATCH = 2;
  private static final Layout LAYOUT = new Layout(0, 128, 64, 64, 192);

  private final List<Arena> allocated = new ArrayList<>();

  /** The reference, whose arenas are in the hands of the test. */
  private final class Open implements Backend {
    private final Backend backend = new ReferenceBackend();

    @Override
    public String device() {
      return backend.device();
    }

    @Override
    public Ops ops() {
      return backend.ops();
    }

    @Override
    public Arena allocate(long bytes) {
      Arena arena = backend.allocate(bytes);
      allocated.add(arena);
      return arena;
    }

    @Override
    public void close() {
      backend.close();
    }
  }

  private GuardedArena arena() {
    return new GuardedArena(new Open(), LAYOUT, BATCH);
  }

  @Test
  void partsLieInTheirRegionAndNothingElseDoes() {
    GuardedArena arena = arena();
    arena.tensor("plain", Shape.vector(32), Element.FLOAT32, 0);
    arena.tensor("dplain", Shape.vector(32), Element.FLOAT32, 128);
    arena.tensor("norm.bias", Shape.vector(5), Element.FLOAT32, 64);
    arena.tensor("mean", Shape.vector(5), Element.FLOAT32, 256);
    arena.tensor("input", new Shape(BATCH, 1, 1, 16), Element.FLOAT32, 320);
    arena.tensor("hidden", new Shape(BATCH, 1, 1, 16), Element.FLOAT32, 448);
    arena.tensor("its mask", new Shape(BATCH, 1, 1, 16), Element.BIT, 448);
    // What is planned, both parameters' regions, the statistic, the input.
    assertEquals(5, allocated.size());
    assertEquals(Optional.empty(), arena.disturbance());
  }

  @Test
  void whatSharesBytesIsRefused() {
    GuardedArena arena = arena();
    arena.tensor("plain", Shape.vector(32), Element.FLOAT32, 0);
    arena.tensor("mean", Shape.vector(16), Element.FLOAT32, 256);
    Shape shape = Shape.vector(16);
    assertEquals(
        "ddecayed shares bytes with plain, from 0 on", refusal(arena, "ddecayed", shape, 0));
    assertEquals("gate shares bytes with mean, from 256 on", refusal(arena, "gate", shape, 256));
    assertEquals(
        "sums shares bytes with mean, from 192 on", refusal(arena, "sums", Shape.vector(17), 192));
    assertEquals("wide ends outside of the arena", refusal(arena, "wide", Shape.vector(9999), 448));
  }

  private static String refusal(Arena arena, String name, Shape shape, long offset) {
    return assertThrows(
            IllegalStateException.class, () -> arena.tensor(name, shape, Element.FLOAT32, offset))
        .getMessage();
  }

  /** In what alignment leaves, and beyond that. */
  @Test
  void whatIsWrittenBehindARegionShows() {
    for (int value : new int[] {3, 15, 16, 79}) {
      GuardedArena arena = arena();
      arena.tensor("mean", Shape.vector(3), Element.FLOAT32, 256);
      Arena region = allocated.get(allocated.size() - 1);
      float[] values = new float[80];
      region.tensor("all", Shape.vector(80), Element.FLOAT32, 0).read(values);
      values[2] = 7;
      region.tensor("all", Shape.vector(80), Element.FLOAT32, 0).write(values);
      assertEquals(Optional.empty(), arena.disturbance());
      values[value] = 0;
      region.tensor("all", Shape.vector(80), Element.FLOAT32, 0).write(values);
      assertEquals(Optional.of("something was written behind mean"), arena.disturbance());
    }
  }
}
