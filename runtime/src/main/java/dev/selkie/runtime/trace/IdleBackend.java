package dev.selkie.runtime.trace;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Extent;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * A backend without memory: its tensors have names and shapes, and hold zeros whatever is written.
 * With verbs that only write themselves down, a network of any size and batch takes its steps on
 * it. The service loader does not know it, so that nothing trains on it by mistake.
 */
public final class IdleBackend implements Backend {
  private static final String NAME = "idle";

  private final Ops ops;
  private final Precision precision;
  private long bytes;

  public IdleBackend(Ops ops, Precision precision) {
    this.ops = ops;
    this.precision = precision;
  }

  /** A device whose backend has these verbs, such as {@link RecordingOps#ops}, in any precision. */
  public static Device device(Ops ops) {
    return Device.of(new Provider(ops));
  }

  @Override
  public String device() {
    return NAME;
  }

  @Override
  public Ops ops() {
    return ops;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public Arena allocate(long size) {
    bytes += size;
    return new IdleArena(size);
  }

  /** What a backend with memory would have allocated so far. */
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {}

  private record Provider(Ops ops) implements BackendProvider {
    @Override
    public String device() {
      return NAME;
    }

    @Override
    public Backend open() {
      return open(Precision.FLOAT32);
    }

    @Override
    public Set<Precision> precisions() {
      return EnumSet.allOf(Precision.class);
    }

    @Override
    public Backend open(Precision precision) {
      return new IdleBackend(ops, precision);
    }
  }

  private record IdleArena(long bytes) implements Arena {
    @Override
    public Tensor tensor(String name, Shape shape, Element element, long offset) {
      return new IdleTensor(name, shape, element, Extent.of(this, offset, shape, element));
    }
  }

  /** Two of one name and shape are not one and the same. */
  private static final class IdleTensor implements Tensor {
    private final String name;
    private final Shape shape;
    private final Element element;
    private final Extent extent;

    IdleTensor(String name, Shape shape, Element element, Extent extent) {
      this.name = name;
      this.shape = shape;
      this.element = element;
      this.extent = extent;
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
      return extent;
    }

    @Override
    public void read(float[] values) {
      Arrays.fill(values, 0);
    }

    @Override
    public void write(float[] values) {}
  }
}
