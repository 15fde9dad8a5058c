package dev.selkie.cuda;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.OutOfDeviceMemoryException;
import dev.selkie.runtime.Precision;
import java.nio.FloatBuffer;
import java.util.function.LongConsumer;

/**
 * What the backend asks of CUDA, cuDNN and cuBLAS, in addresses and sizes. The tests put a recorder
 * in its place.
 *
 * <p>All work goes to one stream and is done in its order.
 */
interface Driver extends DeviceMemory, AutoCloseable {
  /** The GPU's name. */
  String gpu();

  /** Where kernels are launched. */
  long stream();

  /**
   * Zeroed memory, aligned to 256 bytes.
   *
   * @throws OutOfDeviceMemoryException where there is not so much
   */
  long allocate(long bytes);

  void free(long address);

  /** Bytes of device memory that are free, and all there are. */
  Room room();

  /** Bytes that {@link #allocate} gave and nobody freed. */
  long heldBytes();

  void zero(long address, long bytes);

  /** Within the device's memory; the places do not overlap. */
  void copy(long to, long from, long bytes);

  /** Returns when all work is done. */
  void synchronize();

  /** A convolution of that geometry; made once, before any graph is captured. */
  Convolution convolution(ConvolutionShape shape);

  /** Row-major c (m, n) = a (m, k) b (k, n) + beta c, a and b transposed where said so. */
  void multiply(Matrices sizes, long c, long a, long b, float beta);

  /** Captures what the work launches, without running it. */
  Graph capture(Runnable work);

  /** Device memory in bytes. */
  record Room(long free, long total) {}

  /** A copy from the host that runs beside the stream's work. */
  Upload upload(long bytes);

  /**
   * Sizes of a matrix product.
   *
   * @param precision of a and b, and of the products
   * @param out what c holds
   */
  record Matrices(
      int m,
      int n,
      int k,
      boolean transposeA,
      boolean transposeB,
      Precision precision,
      Element out) {}

  /** Memory on both sides through which a batch travels while the one before it is computed. */
  interface Upload extends AutoCloseable {
    /** The host's side; waits until what it last held has left. */
    FloatBuffer host();

    /**
     * Starts the copy of so many bytes, beside what the stream does.
     *
     * @return the device's side
     */
    long send(long bytes);

    /** What is put on the stream from now on waits for the copy. */
    void arrive();

    /** What was put on the stream so far has no further use for the device's side. */
    void received();

    @Override
    void close();
  }

  /** Work that one call launches. */
  interface Graph extends AutoCloseable {
    void launch();

    @Override
    void close();
  }

  /** The three passes of one convolution; {@code beta} 1 adds to the output, 0 overwrites it. */
  interface Convolution extends AutoCloseable {
    /**
     * Chooses algorithms by timing where none is known, and says how much workspace they need.
     *
     * @param pass which of the passes
     * @param workspace told of the bytes
     */
    void prepare(Pass pass, LongConsumer workspace);

    void forward(long y, long x, long weight, float beta, long workspace);

    void backwardData(long dx, long dy, long weight, float beta, long workspace);

    void backwardWeights(long dWeight, long x, long dy, float beta, long workspace);

    @Override
    void close();
  }

  /** A pass of a convolution. */
  enum Pass {
    FORWARD,
    BACKWARD_DATA,
    BACKWARD_WEIGHTS
  }

  @Override
  void close();
}
