package dev.selkie.cuda;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The kernels' verbs on the host twin. Verbs that cuDNN and cuBLAS carry out are not there. */
final class HostBackend implements Backend {
  private final List<HostArena> arenas = new ArrayList<>();
  private final HostArena scratch = new HostArena(16 << 20);
  private final HostArena state = new HostArena(StepNatives.STATE_BYTES);

  HostBackend() {
    StepNatives.stepStart(state.address, 1, 0);
  }

  @Override
  public String device() {
    return "cuda kernels on the host";
  }

  /** The kernels' verbs; every other says that it has no kernel. */
  @Override
  public Ops ops() {
    return (Ops)
        Proxy.newProxyInstance(
            KernelOps.class.getClassLoader(), new Class<?>[] {KernelOps.class}, this::call);
  }

  private Object call(Object proxy, Method verb, Object[] arguments) throws Throwable {
    if (verb.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, verb, arguments);
    }
    return switch (verb.getName()) {
      case "stream" -> 0L;
      case "state" -> state.address;
      case "scratch" -> scratch((Long) arguments[0]);
      default ->
          throw new BackendException(verb.getName() + " has no kernel: a library carries it out");
    };
  }

  private long scratch(long bytes) {
    if (bytes > scratch.bytes()) {
      throw new BackendException(
          "the host's scratch has room for %d bytes".formatted(scratch.bytes()));
    }
    return scratch.address;
  }

  @Override
  public Arena allocate(long bytes) {
    HostArena arena = new HostArena(bytes);
    arenas.add(arena);
    return arena;
  }

  @Override
  public void close() {
    arenas.forEach(HostArena::free);
    arenas.clear();
    scratch.free();
    state.free();
  }

  private static final class HostArena implements Arena, DeviceMemory {
    private final long bytes;
    private final long address;
    private final ByteBuffer view;

    HostArena(long wanted) {
      bytes = Layout.align(wanted);
      address = HostTwin.allocate(bytes);
      if (address == 0) {
        throw new BackendException("the host has no %d bytes".formatted(bytes));
      }
      view = HostTwin.view(address, bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public Tensor tensor(String name, Shape shape, Element element, long offset) {
      return new DeviceTensor(name, shape, element, address + offset, this);
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public void write(long at, float[] values) {
      view.position((int) (at - address));
      view.slice().order(ByteOrder.nativeOrder()).asFloatBuffer().put(values);
    }

    @Override
    public void read(long at, float[] values) {
      view.position((int) (at - address));
      view.slice().order(ByteOrder.nativeOrder()).asFloatBuffer().get(values);
    }

    void free() {
      HostTwin.free(address, bytes);
    }
  }
}
