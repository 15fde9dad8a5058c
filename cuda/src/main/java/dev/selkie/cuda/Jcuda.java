package dev.selkie.cuda;

import dev.selkie.runtime.BackendException;
import java.nio.file.Path;
import java.util.Optional;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import jcuda.jcudnn.JCudnn;

/** Loads JCuda's natives and what they need, each from a place that only its user can write to. */
final class Jcuda {
  private static final String TEMPORARY = "java.io.tmpdir";

  private Jcuda() {}

  /** Once for all backends: native libraries stay loaded. */
  static synchronized void load(NvidiaLibraries libraries) {
    load(libraries.driver());
    load(libraries.cublasLt());
    load(libraries.cublas());
    if (libraries.needsForwarder()) {
      load(
          Optional.of(
              NativeResources.forwarder()
                  .orElseThrow(
                      () ->
                          new BackendException(
                              "cuBLAS is of CUDA 13 and the forwarder for it is not in the jar; build Selkie where gcc is"))));
    }
    loadCompiler(libraries.nvrtc());
    load(libraries.cudnn());
    load(libraries.kernels());
    unpackedPrivately(
        () -> {
          JCudaDriver.setExceptionsEnabled(false);
          JCublas2.initialize();
          JCublas2.setExceptionsEnabled(false);
          JCudnn.initialize();
          JCudnn.setExceptionsEnabled(false);
        });
  }

  /**
   * JCuda unpacks its natives into the temporary folder, under names that anyone could have used.
   */
  static void unpackedPrivately(Runnable initializers) {
    String shared = System.getProperty(TEMPORARY);
    System.setProperty(TEMPORARY, NativeResources.folder().path().toString());
    try {
      initializers.run();
    } catch (LinkageError e) {
      throw new BackendException("JCuda does not load: " + e.getMessage());
    } finally {
      System.setProperty(TEMPORARY, shared);
    }
  }

  /** NVRTC opens its builtins by name alone, so they are loaded from beside it. */
  private static void loadCompiler(Optional<NativeLibrary> nvrtc) {
    nvrtc
        .map(library -> LibraryFinder.beside(library.file().get(), "libnvrtc-builtins.so.*"))
        .ifPresent(beside -> beside.forEach(Jcuda::load));
    load(nvrtc);
  }

  private static void load(Optional<NativeLibrary> library) {
    library.ifPresent(found -> load(found.file().get()));
  }

  private static void load(Path library) {
    try {
      System.load(library.toAbsolutePath().toString());
    } catch (LinkageError e) {
      throw new BackendException("%s does not load: %s".formatted(library, e.getMessage()));
    }
  }
}
