package dev.selkie.cpu;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * How many OpenMP threads oneDNN uses when the calling thread calls it.
 *
 * <p>The lanes are threads of ours, so oneDNN must not start its own: libgomp's spin for
 * milliseconds after each parallel region and would take the cores from the lanes. OpenMP keeps the
 * number per calling thread and only {@code omp_set_num_threads} sets it, which no Java binding
 * offers. JavaCPP's native deallocator does: it calls the C function at one address with one
 * argument.
 */
final class OpenMp {
  private static final int ALL = Runtime.getRuntime().availableProcessors();

  private static final MethodHandle CALL;
  private static final long SET_NUM_THREADS;

  static {
    MethodHandle call = null;
    long function = 0;
    try {
      function = findSetNumThreads();
      call = findCaller();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // Another JavaCPP: the backend then keeps to one lane and leaves the threads to OpenMP.
      function = 0;
    }
    CALL = call;
    SET_NUM_THREADS = function;
  }

  private OpenMp() {}

  /** Loads oneDNN; whether the number of threads can be set at all. */
  static boolean isControlled() {
    return SET_NUM_THREADS != 0;
  }

  /** From here on oneDNN runs in the calling thread alone. */
  static void single() {
    set(1);
  }

  /** Gives the calling thread its default back. */
  static void restore() {
    set(ALL);
  }

  @SuppressWarnings("CatchAndPrintStackTrace")
  private static void set(long threads) {
    if (!isControlled()) {
      return;
    }
    try {
      CALL.invokeExact(threads, SET_NUM_THREADS);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static long findSetNumThreads() {
    Loader.load(org.bytedeco.dnnl.global.dnnl.class);
    String library = Loader.load(org.bytedeco.dnnl.presets.dnnl.class);
    String folder = library.substring(0, library.lastIndexOf('/') + 1);
    Loader.loadGlobal(folder + "libgomp.so.1");
    Pointer function = Loader.addressof("omp_set_num_threads");
    return function == null ? 0 : function.address();
  }

  private static MethodHandle findCaller() throws ReflectiveOperationException {
    Class<?> type = Class.forName("org.bytedeco.javacpp.Pointer$NativeDeallocator");
    Constructor<?> constructor = type.getDeclaredConstructor(Pointer.class, long.class, long.class);
    constructor.setAccessible(true);
    Method method = type.getDeclaredMethod("deallocate", long.class, long.class);
    method.setAccessible(true);
    Object deallocator = constructor.newInstance(new BytePointer(1), 0L, 0L);
    return MethodHandles.lookup().unreflect(method).bindTo(deallocator);
  }
}
