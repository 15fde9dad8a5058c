package dev.selkie.runtime.reference;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Extent;
import dev.selkie.runtime.Halves;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.Arrays;
import java.util.Objects;

/** A view of a {@link ReferenceArena}; a flat index i counts values in NHWC order. */
public final class ReferenceTensor implements Tensor {
  private final String name;
  private final Shape shape;
  private final Element element;
  private final ReferenceArena arena;
  private final double[] slots;
  private final int first;
  private final int size;
  private final Arithmetic arithmetic;

  ReferenceTensor(
      String name, Shape shape, Element element, ReferenceArena arena, double[] slots, int first) {
    this.name = name;
    this.shape = shape;
    this.element = element;
    this.arena = arena;
    this.slots = slots;
    this.first = first;
    this.size = Math.toIntExact(shape.elements());
    this.arithmetic = arena.arithmetic();
  }

  /** That tensor as one of the reference's own. */
  public static ReferenceTensor ref(Tensor tensor) {
    if (tensor instanceof ReferenceTensor reference) {
      return reference;
    }
    throw new BackendException(
        "%s lies on another device; the reference reads only tensors of its own arenas"
            .formatted(tensor.name()));
  }

  @Override
  public Extent extent() {
    return Extent.of(slots, (long) first * ReferenceArena.SLOT_BYTES, shape, element);
  }

  // ---- values -----------------------------------------------------------------------------------

  public double get(int n, int h, int w, int c) {
    return get(index(n, h, w, c));
  }

  public void set(int n, int h, int w, int c, double value) {
    set(index(n, h, w, c), value);
  }

  double get(int i) {
    Objects.checkIndex(i, size);
    return switch (element) {
      case FLOAT32 -> both(first + 2 * i);
      case BFLOAT16, FLOAT16 -> slots[first + i];
      case UINT8 -> part(first + i / 2, i % 2 * 8, 0xFF);
      case BIT -> part(first + i / 16, i % 16, 1);
    };
  }

  /** A FLOAT32 value, of which no half was overwritten by something else. */
  private double both(int slot) {
    long half = Double.doubleToRawLongBits(slots[slot]);
    return half == Double.doubleToRawLongBits(slots[slot + 1]) ? slots[slot] : Double.NaN;
  }

  void set(int i, double value) {
    Objects.checkIndex(i, size);
    switch (element) {
      case FLOAT32 -> {
        slots[first + 2 * i] = arithmetic.round(value);
        slots[first + 2 * i + 1] = slots[first + 2 * i];
      }
      case BFLOAT16, FLOAT16 -> slots[first + i] = arithmetic.store(value, element);
      case UINT8 -> setPart(first + i / 2, i % 2 * 8, 0xFF, value);
      case BIT -> setPart(first + i / 16, i % 16, 1, value);
    }
  }

  void add(int i, double value) {
    set(i, get(i) + value);
  }

  void fill(double value) {
    for (int i = 0; i < size; i++) {
      set(i, value);
    }
  }

  private double part(int slot, int shift, long mask) {
    return ((long) slots[slot] >>> shift) & mask;
  }

  private void setPart(int slot, int shift, long mask, double value) {
    long word = (long) slots[slot] & 0xFFFFL;
    slots[slot] = (word & ~(mask << shift)) | (((long) value & mask) << shift);
  }

  // ---- indices ----------------------------------------------------------------------------------

  int index(int n, int h, int w, int c) {
    Objects.checkIndex(n, shape.batch());
    Objects.checkIndex(h, shape.height());
    Objects.checkIndex(w, shape.width());
    Objects.checkIndex(c, shape.channels());
    return ((n * shape.height() + h) * shape.width() + w) * shape.channels() + c;
  }

  /** Of sample n, position p, channel c. */
  int index(int n, int p, int c) {
    return index(n, p / shape.width(), p % shape.width(), c);
  }

  /** The place of sample and channel of value i in a tensor (N, 1, 1, C). */
  int sampleAndChannel(int i) {
    return i / shape.perSample() * shape.channels() + channel(i);
  }

  int position(int i) {
    return i / shape.channels() % shape.positions();
  }

  int channel(int i) {
    return i % shape.channels();
  }

  int samples() {
    return shape.batch();
  }

  int positions() {
    return shape.positions();
  }

  int channels() {
    return shape.channels();
  }

  int size() {
    return size;
  }

  // ---- the host's view --------------------------------------------------------------------------

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Element element() {
    return element;
  }

  /** All values in NHWC order. */
  public double[] toArray() {
    double[] values = new double[size];
    Arrays.setAll(values, this::get);
    return values;
  }

  /** Sets all values, in NHWC order, as a verb would. */
  public void write(double[] values) {
    require(values.length);
    for (int i = 0; i < size; i++) {
      set(i, values[i]);
    }
  }

  @Override
  public void read(float[] values) {
    require(values.length);
    arena.watcher().begin(this, false);
    try {
      for (int i = 0; i < size; i++) {
        values[i] = (float) get(i);
      }
    } finally {
      arena.watcher().end();
    }
  }

  @Override
  public void write(float[] values) {
    require(values.length);
    arena.watcher().begin(this, true);
    try {
      for (int i = 0; i < size; i++) {
        set(i, Halves.round(element, values[i]));
      }
    } finally {
      arena.watcher().end();
    }
  }

  private void require(int length) {
    if (length != size || !element.isActivation()) {
      throw new BackendException(
          "%s holds %d %s values but the host gave room for %d floats; use an array of that length"
              .formatted(name, size, element, length));
    }
  }

  @Override
  public String toString() {
    return name + " " + shape;
  }
}
