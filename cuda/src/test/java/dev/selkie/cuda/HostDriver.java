package dev.selkie.cuda;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.OutOfDeviceMemoryException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A device without a GPU: memory with guarded ends, the kernels' host twin, and plain loops where
 * cuDNN and cuBLAS would be. It writes down what the backend asks of it.
 */
final class HostDriver implements Driver {
  private final NavigableMap<Long, ByteBuffer> memory = new TreeMap<>();
  private final List<String> calls = new ArrayList<>();
  private final long limit;
  private long used;

  HostDriver() {
    this(1L << 30);
  }

  /**
   * @param limit bytes of the device
   */
  HostDriver(long limit) {
    this.limit = limit;
  }

  /** What was asked, in order: libraries' calls, allocations, copies. */
  List<String> calls() {
    return calls;
  }

  /** Allocations that were not freed. */
  int held() {
    return memory.size();
  }

  void note(String call) {
    calls.add(call);
  }

  @Override
  public String gpu() {
    return "host twin";
  }

  @Override
  public long stream() {
    return 0;
  }

  @Override
  public long allocate(long bytes) {
    long whole = Layout.align(Math.max(bytes, 1));
    if (used + whole > limit) {
      throw new OutOfDeviceMemoryException(gpu(), bytes, limit - used, limit);
    }
    long address = HostTwin.allocate(whole);
    used += whole;
    memory.put(address, HostTwin.view(address, whole).order(ByteOrder.nativeOrder()));
    note("allocate " + bytes);
    return address;
  }

  @Override
  public void free(long address) {
    ByteBuffer freed = memory.remove(address);
    if (freed == null) {
      throw new IllegalStateException("freed what was not allocated, or twice");
    }
    used -= freed.capacity();
    HostTwin.free(address, freed.capacity());
    note("free");
  }

  @Override
  public Room room() {
    return new Room(limit - used, limit);
  }

  @Override
  public long heldBytes() {
    return used;
  }

  @Override
  public void copy(long to, long from, long bytes) {
    note("copy " + bytes);
    from(to).put(from(from).limit(Math.toIntExact(bytes)));
  }

  @Override
  public void zero(long address, long bytes) {
    ByteBuffer from = from(address);
    for (int i = 0; i < bytes; i++) {
      from.put(i, (byte) 0);
    }
  }

  @Override
  public void write(long address, float[] values, int start, int count) {
    from(address).asFloatBuffer().put(values, start, count);
  }

  @Override
  public void read(long address, float[] values, int start, int count) {
    from(address).asFloatBuffer().get(values, start, count);
  }

  /** So many values of a type from an address on. */
  float[] values(long address, long count, Element element) {
    float[] values = new float[Math.toIntExact(count)];
    if (element == Element.FLOAT32) {
      read(address, values, 0, values.length);
      return values;
    }
    long floats = HostTwin.allocate(Layout.align(Float.BYTES * count));
    StepNatives.convert(
        KernelType.FLOAT32.code(), floats, KernelType.of(element).code(), address, count, 0);
    view(floats, count).get(values);
    HostTwin.free(floats, Layout.align(Float.BYTES * count));
    return values;
  }

  /** Rounds values to a type and stores them from an address on. */
  void store(long address, float[] values, Element element) {
    if (element == Element.FLOAT32) {
      write(address, values, 0, values.length);
      return;
    }
    long bytes = Layout.align(Float.BYTES * (long) values.length);
    long floats = HostTwin.allocate(bytes);
    view(floats, values.length).put(values);
    StepNatives.convert(
        KernelType.of(element).code(),
        address,
        KernelType.FLOAT32.code(),
        floats,
        values.length,
        0);
    HostTwin.free(floats, bytes);
  }

  private static FloatBuffer view(long address, long count) {
    return HostTwin.view(address, Layout.align(Float.BYTES * count))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private ByteBuffer from(long address) {
    Map.Entry<Long, ByteBuffer> block = memory.floorEntry(address);
    long offset = address - block.getKey();
    ByteBuffer all = block.getValue().duplicate();
    all.position(Math.toIntExact(offset));
    return all.slice().order(ByteOrder.nativeOrder());
  }

  @Override
  public void synchronize() {}

  @Override
  public Convolution convolution(ConvolutionShape shape) {
    note("convolution " + shape);
    return new HostConvolution(this, shape);
  }

  @Override
  public void multiply(Matrices s, long c, long a, long b, float beta) {
    note("multiply " + s);
    Element in = s.precision().activations();
    float[] left = values(a, (long) s.m() * s.k(), in);
    float[] right = values(b, (long) s.k() * s.n(), in);
    float[] out = values(c, (long) s.m() * s.n(), s.out());
    for (int i = 0; i < s.m(); i++) {
      for (int j = 0; j < s.n(); j++) {
        float sum = 0;
        for (int k = 0; k < s.k(); k++) {
          float x = left[s.transposeA() ? k * s.m() + i : i * s.k() + k];
          float y = right[s.transposeB() ? j * s.k() + k : k * s.n() + j];
          sum += x * y;
        }
        out[i * s.n() + j] = beta == 0 ? sum : beta * out[i * s.n() + j] + sum;
      }
    }
    store(c, out, s.out());
  }

  @Override
  public Upload upload(long bytes) {
    long address = allocate(bytes);
    return new Upload() {
      @Override
      public FloatBuffer host() {
        note("host " + address);
        return from(address).asFloatBuffer();
      }

      @Override
      public long send(long sent) {
        note("send " + sent);
        return address;
      }

      @Override
      public void arrive() {
        note("arrive");
      }

      @Override
      public void received() {
        note("received");
      }

      @Override
      public void close() {
        free(address);
      }
    };
  }

  /** What a device would only note, this one forgets: the work runs when it is launched. */
  @Override
  public Graph capture(Runnable work) {
    note("capture");
    return new Graph() {
      @Override
      public void launch() {
        note("launch");
        work.run();
      }

      @Override
      public void close() {
        note("close graph");
      }
    };
  }

  @Override
  public void close() {
    note("close");
  }
}
