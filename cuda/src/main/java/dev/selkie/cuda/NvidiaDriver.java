package dev.selkie.cuda;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.OutOfDeviceMemoryException;
import dev.selkie.runtime.Precision;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUresult;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasComputeType;
import jcuda.jcublas.cublasGemmAlgo;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasOperation;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnHandle;
import jcuda.runtime.cudaStream_t;

/**
 * A GPU through JCuda. One context, the primary one, so that the driver's API, cuDNN, cuBLAS and
 * our kernels share streams and memory.
 */
final class NvidiaDriver implements Driver {
  /**
   * What cuBLAS asks for at most; set beforehand, since a graph under capture must not allocate.
   */
  private static final long CUBLAS_WORKSPACE = 32L << 20;

  /** Copies between host and device go through pinned memory in pieces of this size. */
  private static final int STAGING = 16 << 20;

  /** Numbers of {@code cudaDataType}, which JCublas does not name. */
  private static final int CUDA_R_32F = 0;

  private static final int CUDA_R_16F = 2;
  private static final int CUDA_R_16BF = 14;

  private final CUdevice device = new CUdevice();
  private final CUcontext context = new CUcontext();
  private final DevicePointer.Stream stream = new DevicePointer.Stream();
  private final cudnnHandle cudnn = new cudnnHandle();
  private final cublasHandle cublas = new cublasHandle();
  private final Pointer pinned = new Pointer();
  private final FloatBuffer staging;

  /** Who called last, and so has the context already. */
  private Thread caller;

  /** Where was read last; most often a step's losses, over and over. */
  private long readFrom;

  private DevicePointer.Place readPlace = new DevicePointer.Place(0);
  private final Map<Long, Long> allocated = new HashMap<>();
  private final Algorithms algorithms;
  private final long cublasWorkspace;
  private final String gpu;
  private final Pointer one = Pointer.to(new float[] {1});
  private final Pointer zero = Pointer.to(new float[] {0});

  NvidiaDriver() {
    this(NativeResources.folder().path());
  }

  /**
   * @param cache the folder in which it keeps what it has found out about this GPU
   */
  NvidiaDriver(Path cache) {
    Results.cuda("cuInit", JCudaDriver.cuInit(0));
    Results.cuda("cuDeviceGet", JCudaDriver.cuDeviceGet(device, 0));
    gpu = name(device);
    Results.cuda("cuDevicePrimaryCtxRetain", JCudaDriver.cuDevicePrimaryCtxRetain(context, device));
    enter();
    Results.cuda(
        "cuStreamCreate",
        JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING));
    Results.cuda("cuMemHostAlloc", JCudaDriver.cuMemHostAlloc(pinned, STAGING, 0));
    staging = pinned.getByteBuffer(0, STAGING).order(ByteOrder.nativeOrder()).asFloatBuffer();
    cudaStream_t shared = new cudaStream_t(stream);
    Results.cudnn("cudnnCreate", JCudnn.cudnnCreate(cudnn));
    Results.cudnn("cudnnSetStream", JCudnn.cudnnSetStream(cudnn, shared));
    Results.cublas("cublasCreate", JCublas2.cublasCreate(cublas));
    Results.cublas("cublasSetStream", JCublas2.cublasSetStream(cublas, shared));
    cublasWorkspace = allocate(CUBLAS_WORKSPACE);
    Results.cublas(
        "cublasSetWorkspace",
        JCublas2.cublasSetWorkspace(cublas, new DevicePointer(cublasWorkspace), CUBLAS_WORKSPACE));
    algorithms = Algorithms.of(cache, gpu, JCudnn.cudnnGetVersion());
  }

  /**
   * Makes the context current in the thread that calls. CUDA keeps one for each thread, and a
   * network may be made in one and trained in another; so this stands before every call.
   */
  void enter() {
    Thread calling = Thread.currentThread();
    if (calling != caller) {
      Results.cuda("cuCtxSetCurrent", JCudaDriver.cuCtxSetCurrent(context));
      caller = calling;
    }
  }

  private static String name(CUdevice device) {
    byte[] name = new byte[256];
    Results.cuda("cuDeviceGetName", JCudaDriver.cuDeviceGetName(name, name.length, device));
    int length = 0;
    while (length < name.length && name[length] != 0) {
      length++;
    }
    return new String(name, 0, length, StandardCharsets.US_ASCII);
  }

  @Override
  public String gpu() {
    return gpu;
  }

  /**
   * Such as {@code NVIDIA H200, compute capability 9.0, 143,771 MB; cuDNN 90501, cuBLAS 120605}.
   */
  String describe() {
    enter();
    int[] version = new int[1];
    Results.cublas("cublasGetVersion", JCublas2.cublasGetVersion(cublas, version));
    return "%s, compute capability %d.%d, %,d MB; cuDNN %d, cuBLAS %d"
        .formatted(
            gpu,
            attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR),
            attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR),
            room().total() >> 20,
            JCudnn.cudnnGetVersion(),
            version[0]);
  }

  /**
   * Refuses kernels that have no code for this GPU.
   *
   * @throws BackendException which says for what they were built, and what to do
   */
  void requireKernels() {
    int capability =
        10 * attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
            + attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
    requireKernels(gpu, capability, Kernels.lowestArchitecture());
  }

  static void requireKernels(String gpu, int capability, int lowest) {
    if (capability < lowest) {
      throw new BackendException(
          "%s has compute capability %d.%d, but Selkie's kernels were built for %d.%d and newer; build them with SELKIE_CUDA_ARCHITECTURES=%d, or name others in SELKIE_KERNELS"
              .formatted(
                  gpu, capability / 10, capability % 10, lowest / 10, lowest % 10, capability));
    }
  }

  private int attribute(int which) {
    int[] value = new int[1];
    Results.cuda("cuDeviceGetAttribute", JCudaDriver.cuDeviceGetAttribute(value, which, device));
    return value[0];
  }

  @Override
  public long stream() {
    enter();
    return stream.handle();
  }

  // ---- memory -----------------------------------------------------------------------------------

  @Override
  public long allocate(long bytes) {
    enter();
    DevicePointer.Allocation allocation = new DevicePointer.Allocation();
    int result = JCudaDriver.cuMemAlloc(allocation, Math.max(bytes, 1));
    if (result == CUresult.CUDA_ERROR_OUT_OF_MEMORY) {
      Room room = room();
      throw new OutOfDeviceMemoryException(gpu, bytes, room.free(), room.total());
    }
    Results.cuda("cuMemAlloc of %d bytes".formatted(bytes), result);
    zero(allocation.address(), bytes);
    allocated.put(allocation.address(), bytes);
    return allocation.address();
  }

  @Override
  public void free(long address) {
    enter();
    Results.cuda("cuMemFree", JCudaDriver.cuMemFree(new DevicePointer.Place(address)));
    allocated.remove(address);
  }

  @Override
  public long heldBytes() {
    return allocated.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public Room room() {
    enter();
    long[] free = new long[1];
    long[] total = new long[1];
    Results.cuda("cuMemGetInfo", JCudaDriver.cuMemGetInfo(free, total));
    return new Room(free[0], total[0]);
  }

  @Override
  public void zero(long address, long bytes) {
    enter();
    Results.cuda(
        "cuMemsetD8Async",
        JCudaDriver.cuMemsetD8Async(new DevicePointer.Place(address), (byte) 0, bytes, stream));
  }

  @Override
  public void copy(long to, long from, long bytes) {
    enter();
    Results.cuda(
        "cuMemcpyDtoDAsync",
        JCudaDriver.cuMemcpyDtoDAsync(
            new DevicePointer.Place(to), new DevicePointer.Place(from), bytes, stream));
  }

  @Override
  public void write(long address, float[] values, int from, int all) {
    enter();
    for (int start = 0; start < all; start += STAGING / Float.BYTES) {
      int count = Math.min(STAGING / Float.BYTES, all - start);
      staging.put(0, values, from + start, count);
      Results.cuda(
          "cuMemcpyHtoDAsync",
          JCudaDriver.cuMemcpyHtoDAsync(
              new DevicePointer.Place(address + (long) Float.BYTES * start),
              pinned,
              (long) Float.BYTES * count,
              stream));
      synchronize();
    }
  }

  @Override
  public void read(long address, float[] values, int from, int all) {
    enter();
    for (int start = 0; start < all; start += STAGING / Float.BYTES) {
      int count = Math.min(STAGING / Float.BYTES, all - start);
      Results.cuda(
          "cuMemcpyDtoHAsync",
          JCudaDriver.cuMemcpyDtoHAsync(
              pinned,
              readPlace(address + (long) Float.BYTES * start),
              (long) Float.BYTES * count,
              stream));
      synchronize();
      staging.get(0, values, from + start, count);
    }
  }

  private DevicePointer.Place readPlace(long address) {
    if (address != readFrom) {
      readFrom = address;
      readPlace = new DevicePointer.Place(address);
    }
    return readPlace;
  }

  @Override
  public Upload upload(long bytes) {
    enter();
    return new PinnedUpload(this, stream, bytes);
  }

  @Override
  public void synchronize() {
    enter();
    Results.cuda("cuStreamSynchronize", JCudaDriver.cuStreamSynchronize(stream));
  }

  // ---- libraries --------------------------------------------------------------------------------

  @Override
  public Convolution convolution(ConvolutionShape shape) {
    enter();
    return new CudnnConvolution(cudnn, shape, this, algorithms);
  }

  /** Row-major c = a b is column-major c' = b' a'. */
  @Override
  public void multiply(Matrices s, long c, long a, long b, float beta) {
    enter();
    int in = type(s.precision().activations());
    int lda = s.transposeA() ? s.m() : s.k();
    int ldb = s.transposeB() ? s.k() : s.n();
    Results.cublas(
        "cublasGemmEx",
        JCublas2.cublasGemmEx_new(
            cublas,
            operation(s.transposeB()),
            operation(s.transposeA()),
            s.n(),
            s.m(),
            s.k(),
            one,
            new DevicePointer(b),
            in,
            ldb,
            new DevicePointer(a),
            in,
            lda,
            beta == 0 ? zero : one,
            new DevicePointer(c),
            type(s.out()),
            s.n(),
            s.precision() == Precision.TF32
                ? cublasComputeType.CUBLAS_COMPUTE_32F_FAST_TF32
                : cublasComputeType.CUBLAS_COMPUTE_32F,
            cublasGemmAlgo.CUBLAS_GEMM_DEFAULT));
  }

  private static int type(Element element) {
    return switch (element) {
      case BFLOAT16 -> CUDA_R_16BF;
      case FLOAT16 -> CUDA_R_16F;
      default -> CUDA_R_32F;
    };
  }

  private static int operation(boolean transpose) {
    return transpose ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N;
  }

  // ---- graphs -----------------------------------------------------------------------------------

  @Override
  public Graph capture(Runnable work) {
    enter();
    Results.cuda(
        "cuStreamBeginCapture",
        JCudaDriver.cuStreamBeginCapture(
            stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL));
    CUgraph graph = new CUgraph();
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      // What ended the work also spoilt the capture, and is the better message.
      JCudaDriver.cuStreamEndCapture(stream, graph);
      throw e;
    }
    Results.cuda("cuStreamEndCapture", JCudaDriver.cuStreamEndCapture(stream, graph));
    CUgraphExec executable = new CUgraphExec();
    Results.cuda("cuGraphInstantiate", JCudaDriver.cuGraphInstantiate(executable, graph, 0));
    Results.cuda("cuGraphDestroy", JCudaDriver.cuGraphDestroy(graph));
    return new Graph() {
      @Override
      public void launch() {
        enter();
        Results.cuda("cuGraphLaunch", JCudaDriver.cuGraphLaunch(executable, stream));
      }

      @Override
      public void close() {
        enter();
        JCudaDriver.cuGraphExecDestroy(executable);
      }
    };
  }

  @Override
  public void close() {
    // Of a device that is lost nothing is asked any more, so nothing is thrown.
    JCudaDriver.cuCtxSetCurrent(context);
    JCudaDriver.cuStreamSynchronize(stream);
    JCublas2.cublasDestroy(cublas);
    JCudnn.cudnnDestroy(cudnn);
    JCudaDriver.cuMemFree(new DevicePointer.Place(cublasWorkspace));
    JCudaDriver.cuMemFreeHost(pinned);
    JCudaDriver.cuStreamDestroy(stream);
    JCudaDriver.cuDevicePrimaryCtxRelease(device);
  }
}
