package dev.selkie.cuda;

import dev.selkie.runtime.OutOfDeviceMemoryException;
import java.nio.FloatBuffer;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * A device of which only addresses exist. Together with the twin's journal it writes down what a
 * step asks of libraries and kernels, in one order, without making anything on the heap.
 */
final class JournalDriver implements Driver {
  /** No other number among a kernel's arguments is as large. */
  static final long FIRST_ADDRESS = 1L << 44;

  static final long WORKSPACE = 12_345;

  private final NavigableMap<Long, Long> blocks = new TreeMap<>();
  private final Map<Matrices, String> names = new IdentityHashMap<>();
  private final long limit;
  private long end = FIRST_ADDRESS;
  private long used;
  private int allocations;
  private String failing = "";
  private int calls;
  private RuntimeException failure;

  JournalDriver() {
    this(1L << 40);
  }

  /**
   * @param limit bytes of the device
   */
  JournalDriver(long limit) {
    this.limit = limit;
  }

  /** Throws at one call of that name, the first being number 1. */
  void failAt(String name, int call, RuntimeException how) {
    failing = name;
    calls = call;
    failure = how;
  }

  private void mayFail(String call) {
    if (call.startsWith(failing) && failure != null && --calls <= 0) {
      throw failure;
    }
  }

  /** Allocations so far. */
  int allocations() {
    return allocations;
  }

  /** Where the block of that address begins; 0 where it belongs to none. */
  long block(long address) {
    Map.Entry<Long, Long> block = blocks.floorEntry(address);
    return block != null && address < block.getKey() + block.getValue() ? block.getKey() : 0;
  }

  long bytes(long block) {
    return blocks.get(block);
  }

  @Override
  public String gpu() {
    return "journal";
  }

  @Override
  public long stream() {
    return 0;
  }

  @Override
  public long allocate(long bytes) {
    if (used + bytes > limit) {
      throw new OutOfDeviceMemoryException(gpu(), bytes, limit - used, limit);
    }
    used += bytes;
    long address = end;
    end += Scratch.align(Math.max(bytes, 1)) + (1 << 20);
    blocks.put(address, bytes);
    allocations++;
    return address;
  }

  @Override
  public void free(long address) {
    Long bytes = blocks.remove(address);
    if (bytes == null) {
      throw new IllegalStateException("freed what was not allocated, or twice");
    }
    used -= bytes;
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
  public void zero(long address, long bytes) {}

  @Override
  public void write(long address, float[] values, int from, int count) {}

  @Override
  public void read(long address, float[] values, int from, int count) {
    mayFail("read");
  }

  @Override
  public void copy(long to, long from, long bytes) {}

  @Override
  public void synchronize() {
    mayFail("synchronize");
  }

  @Override
  public Convolution convolution(ConvolutionShape shape) {
    return new JournalConvolution(shape);
  }

  private final class JournalConvolution implements Convolution {
    private final Map<Pass, String> names = new EnumMap<>(Pass.class);

    JournalConvolution(ConvolutionShape shape) {
      for (Pass pass : Pass.values()) {
        names.put(pass, pass + " " + shape);
      }
    }

    @Override
    public void prepare(Pass pass, LongConsumer workspace) {
      workspace.accept(WORKSPACE);
    }

    @Override
    public void forward(long y, long x, long weight, float beta, long workspace) {
      mayFail("FORWARD");
      HostTwin.note(names.get(Pass.FORWARD), y, x, weight, workspace);
    }

    @Override
    public void backwardData(long dx, long dy, long weight, float beta, long workspace) {
      HostTwin.note(names.get(Pass.BACKWARD_DATA), dx, dy, weight, workspace);
    }

    @Override
    public void backwardWeights(long dWeight, long x, long dy, float beta, long workspace) {
      HostTwin.note(names.get(Pass.BACKWARD_WEIGHTS), dWeight, x, dy, workspace);
    }

    @Override
    public void close() {}
  }

  @Override
  public void multiply(Matrices sizes, long c, long a, long b, float beta) {
    HostTwin.note(names.computeIfAbsent(sizes, s -> "MULTIPLY " + s), c, a, b, 0);
  }

  @Override
  public Upload upload(long bytes) {
    long address = allocate(bytes);
    FloatBuffer host = FloatBuffer.allocate(Math.toIntExact(bytes / Float.BYTES));
    return new Upload() {
      @Override
      public FloatBuffer host() {
        return host;
      }

      @Override
      public long send(long sent) {
        HostTwin.note("SEND", address, sent, 0, 0);
        return address;
      }

      @Override
      public void arrive() {
        HostTwin.note("ARRIVE", address, 0, 0, 0);
      }

      @Override
      public void received() {
        HostTwin.note("RECEIVED", address, 0, 0, 0);
      }

      @Override
      public void close() {
        free(address);
      }
    };
  }

  /** A device notes launches and does not run them; they are in the journal before this one. */
  @Override
  public Graph capture(Runnable work) {
    work.run();
    return new Graph() {
      @Override
      public void launch() {
        HostTwin.note("GRAPH", 0, 0, 0, 0);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}
}
