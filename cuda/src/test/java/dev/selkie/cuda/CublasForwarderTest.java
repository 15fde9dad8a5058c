package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import jcuda.Pointer;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.runtime.cudaStream_t;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * JCublas, made for CUDA 12, through the forwarder on a libcublas.so.13 that checks what it is
 * given.
 */
class CublasForwarderTest {
  private static final Path FORWARDER =
      Path.of(System.getProperty("selkie.cublas.forwarder", "missing"));
  private static final Path STUB = Path.of(System.getProperty("selkie.cublas.stub", "missing"));

  @BeforeAll
  static void load() {
    if (!Files.exists(FORWARDER)) {
      Assumptions.abort("the cuBLAS forwarder: no gcc, CMake and make here, so it was not built");
    }
    System.load(STUB.toAbsolutePath().toString());
    System.load(FORWARDER.toAbsolutePath().toString());
    Jcuda.unpackedPrivately(JCublas2::initialize);
  }

  /** Every function that the backend calls arrives, with its arguments in their places. */
  @Test
  void everyFunctionIsForwarded() {
    cublasHandle handle = new cublasHandle();
    assertEquals(0, JCublas2.cublasCreate(handle));
    int[] version = new int[1];
    assertEquals(0, JCublas2.cublasGetVersion(handle, version));
    assertEquals(130001, version[0]);
    assertEquals(0, JCublas2.cublasSetStream(handle, new cudaStream_t()));
    assertEquals(0, JCublas2.cublasSetWorkspace(handle, new DevicePointer(0x5000), 4096));
    assertEquals(0, JCublas2.cublasSetMathMode(handle, 3));
    assertEquals(0, JCublas2.cublasSetPointerMode(handle, 1));
    assertEquals(
        0,
        JCublas2.cublasGemmEx_new(
            handle,
            1,
            0,
            2,
            3,
            4,
            Pointer.to(new float[] {1}),
            new DevicePointer(0x1000),
            0,
            5,
            new DevicePointer(0x2000),
            14,
            6,
            Pointer.to(new float[] {0}),
            new DevicePointer(0x3000),
            2,
            7,
            68,
            -1));
    assertEquals(0, JCublas2.cublasDestroy(handle));
  }

  @Test
  void nativesAreUnpackedWhereOnlyTheirUserCanWrite() {
    assertTrue(
        Files.exists(
            NativeResources.folder().path().resolve("libJCublas2-12.6.0-linux-x86_64.so")));
  }
}
