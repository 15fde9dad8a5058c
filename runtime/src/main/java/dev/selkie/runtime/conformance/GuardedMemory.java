package dev.selkie.runtime.conformance;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** Tensors between guards in one arena; all of it is NaN at first. */
final class GuardedMemory {
  private final Arena arena;
  private final Element activations;
  private final BitSet writable = new BitSet();
  private final Map<Tensor, Long> offsets = new IdentityHashMap<>();
  private long end;
  private float[] before;

  /**
   * @param activations what is compared value by value for changes
   */
  GuardedMemory(Arena arena, Element activations) {
    this.arena = arena;
    this.activations = activations;
  }

  Tensor place(String name, Shape shape, Element element, boolean output) {
    long guard = Layout.ALIGNMENT;
    long offset = end + guard;
    long bytes = element.bytes(shape.elements());
    long next = Layout.align(offset + bytes) + guard;
    // A NaN of another type could be a number in this one.
    poison(end, next, element.isActivation() ? element : activations);
    end = next;
    if (output) {
      // Bits and bytes may be written a word at a time.
      long written = element.isActivation() ? bytes : (bytes + 3) / 4 * 4;
      writable.set(units(offset), units(offset + written));
    }
    Tensor tensor = arena.tensor(name, shape, element, offset);
    offsets.put(tensor, offset);
    return tensor;
  }

  /** Another tensor in the place of one. */
  Tensor again(Tensor tensor) {
    String name = tensor.name() + " again";
    return arena.tensor(name, tensor.shape(), tensor.element(), offsets.get(tensor));
  }

  /** To be called when all tensors are placed; only the first call counts. */
  void photograph() {
    before = before == null ? values() : before;
  }

  /** The first value changed since then that belongs to no output, where there is one. */
  Optional<String> disturbance() {
    float[] after = values();
    for (int i = writable.nextClearBit(0); i < after.length; i = writable.nextClearBit(i + 1)) {
      if (Float.floatToRawIntBits(before[i]) != Float.floatToRawIntBits(after[i])) {
        return Optional.of(
            "changed byte %d of the arena from %s to %s, which belongs to an input or to no tensor"
                .formatted(activations.bytes(i), before[i], after[i]));
      }
    }
    return Optional.empty();
  }

  private void poison(long from, long to, Element element) {
    float[] values = new float[(int) ((to - from) / element.bytes(1))];
    Arrays.fill(values, Float.NaN);
    arena.tensor("poison", Shape.vector(values.length), element, from).write(values);
  }

  private float[] values() {
    float[] values = new float[units(end)];
    arena.tensor("memory", Shape.vector(values.length), activations, 0).read(values);
    return values;
  }

  private int units(long bytes) {
    return Math.toIntExact(bytes / activations.bytes(1));
  }
}
