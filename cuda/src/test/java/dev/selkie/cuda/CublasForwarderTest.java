package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import jcuda.Pointer;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.runtime.cudaStream_t;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** JCublas, made for CUDA 12, through the forwarder on the stand-in's libcublas.so.13. */
class CublasForwarderTest {
  private static final int FLOAT32 = 0;
  private static final int COMPUTE_32F = 68;

  @BeforeAll
  static void load() {
    StandIn.absence().ifPresent(why -> Assumptions.abort("the stand-in for a GPU: " + why));
  }

  /**
   * Every function that the backend calls arrives, with its arguments in their places: no two
   * numbers are alike, and the matrices have rows that are not whole.
   */
  @Test
  void everyFunctionIsForwarded() {
    try (NvidiaDriver driver = StandIn.driver()) {
      cublasHandle handle = new cublasHandle();
      assertEquals(0, JCublas2.cublasCreate(handle));
      int[] version = new int[1];
      assertEquals(0, JCublas2.cublasGetVersion(handle, version));
      assertEquals(130001, version[0]);
      CUstream stream = new CUstream();
      assertEquals(0, JCudaDriver.cuStreamCreate(stream, 0));
      assertEquals(0, JCublas2.cublasSetStream(handle, new cudaStream_t(stream)));
      final long workspace = driver.allocate(4096);
      assertEquals(0, JCublas2.cublasSetWorkspace(handle, new DevicePointer(workspace), 4096));
      // By columns: a is 4x2 transposed in columns of 5, b 4x3 in columns of 6, c 2x3 in columns of
      // 7.
      long a = written(driver, 1, 2, 3, 4, -1, 5, 6, 7, 8);
      long b = written(driver, 1, 0, 0, 1, -1, -1, 0, 1, 2, 0, -1, -1, 1, 1, 1, 1);
      long c = written(driver, 10, 20, 9, 9, 9, 9, 9, 30, 40, 9, 9, 9, 9, 9, 50, 60);
      assertEquals(
          0,
          JCublas2.cublasGemmEx_new(
              handle,
              1,
              0,
              2,
              3,
              4,
              Pointer.to(new float[] {2}),
              new DevicePointer(a),
              FLOAT32,
              5,
              new DevicePointer(b),
              FLOAT32,
              6,
              Pointer.to(new float[] {3}),
              new DevicePointer(c),
              FLOAT32,
              7,
              COMPUTE_32F,
              -1));
      assertEquals(0, JCudaDriver.cuStreamSynchronize(stream));
      float[] out = new float[16];
      driver.read(c, out, 0, out.length);
      assertArrayEquals(
          new float[] {40, 86, 9, 9, 9, 9, 9, 106, 160, 9, 9, 9, 9, 9, 170, 232}, out);
      assertEquals(0, JCublas2.cublasDestroy(handle));
      assertEquals(0, JCudaDriver.cuStreamDestroy(stream));
      for (long block : new long[] {workspace, a, b, c}) {
        driver.free(block);
      }
    }
  }

  private static long written(NvidiaDriver driver, float... values) {
    long address = driver.allocate((long) Float.BYTES * values.length);
    driver.write(address, values, 0, values.length);
    return address;
  }

  @Test
  void nativesAreUnpackedWhereOnlyTheirUserCanWrite() {
    StandIn.load();
    assertTrue(
        Files.exists(
            NativeResources.folder().path().resolve("libJCublas2-12.6.0-linux-x86_64.so")));
  }
}
