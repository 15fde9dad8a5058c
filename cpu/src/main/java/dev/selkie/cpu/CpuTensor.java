package dev.selkie.cpu;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Extent;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;

/** A view of native memory, for Java as a buffer and for oneDNN as an address. */
final class CpuTensor implements Tensor {
  /** All bytes, as they lie. */
  final ByteBuffer bytes;

  /** All values of a FLOAT32 tensor, in NHWC order. */
  final FloatBuffer floats;

  private final String name;
  private final Shape shape;
  private final Element element;
  private final NativeMemory memory;
  private final long offset;

  CpuTensor(String name, Shape shape, Element element, NativeMemory memory, long offset) {
    this.name = name;
    this.shape = shape;
    this.element = element;
    this.memory = memory;
    this.offset = offset;
    long size = element.bytes(shape.elements());
    this.bytes = memory.at(offset).limit(size).asByteBuffer();
    this.floats = element == Element.FLOAT32 ? bytes.asFloatBuffer() : null;
  }

  /** The tensor as this backend knows it, for reading and writing. */
  static CpuTensor cpu(Tensor tensor) {
    if (!(tensor instanceof CpuTensor own)) {
      throw new BackendException(
          "%s is no tensor of the CPU backend; allocate it with this backend's allocate()"
              .formatted(tensor == null ? "null" : tensor.name()));
    }
    if (!own.memory.isOpen()) {
      throw new BackendException(
          own.name
              + " was used after its backend was closed; keep it open while tensors are in use");
    }
    return own;
  }

  /** As {@link #cpu}, where null means that there is none. */
  static CpuTensor orNull(Tensor tensor) {
    return tensor == null ? null : cpu(tensor);
  }

  /** Whether samples of one overlap other samples of the other. */
  boolean mixes(CpuTensor other) {
    if (memory != other.memory) {
      return false;
    }
    boolean apart =
        offset + bytes.capacity() <= other.offset
            || other.offset + other.bytes.capacity() <= offset;
    return !apart && !(offset == other.offset && bytes.capacity() == other.bytes.capacity());
  }

  /** Where sample {@code n} starts. */
  BytePointer at(int n) {
    return memory.at(offset + element.bytes((long) n * shape.perSample()));
  }

  int samples() {
    return shape.batch();
  }

  int channels() {
    return shape.channels();
  }

  int perSample() {
    return shape.perSample();
  }

  /** All values; fits because a tensor has less than 2 GB. */
  int count() {
    return (int) shape.elements();
  }

  /** All values, on the heap. */
  float[] toArray() {
    float[] values = new float[count()];
    floats.get(0, values);
    return values;
  }

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

  @Override
  public Extent extent() {
    return Extent.of(memory, offset, shape, element);
  }

  @Override
  public void read(float[] values) {
    memory.watcher().begin(this, false);
    try {
      cpu(this).check(values).floats.get(0, values);
    } finally {
      memory.watcher().end();
    }
  }

  @Override
  public void write(float[] values) {
    memory.watcher().begin(this, true);
    try {
      cpu(this).check(values).floats.put(0, values);
    } finally {
      memory.watcher().end();
    }
  }

  @Override
  public String toString() {
    return name + " " + shape;
  }

  private CpuTensor check(float[] values) {
    if (element != Element.FLOAT32) {
      throw new BackendException(
          "%s holds %s; only FLOAT32 is read and written".formatted(name, element));
    }
    if (values.length != shape.elements()) {
      throw new BackendException(
          "%s has %,d values (%s), the array %,d"
              .formatted(name, shape.elements(), shape, values.length));
    }
    memory.settle();
    return this;
  }
}
