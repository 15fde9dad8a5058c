package dev.selkie.cuda;

import dev.selkie.runtime.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * NVIDIA's libraries as the tests have them ({@code src/test/nvidia}): they work on the host's
 * memory with plain loops and the kernels' host twin, and refuse what CUDA forbids. Everything of
 * ours, from the verbs to the calls of JCuda, is what runs on a GPU.
 */
final class StandIn {
  private static boolean loaded;

  private StandIn() {}

  /** Why there is none here; empty where there is. */
  static Optional<String> absence() {
    if (NativeResources.redistributable("libcudnn.so.9").isPresent()) {
      return Optional.of("NVIDIA's own libraries are on the class path");
    }
    // The host twin may be of an earlier build than the classes.
    return HostTwin.absence()
        .or(
            () ->
                NativeResources.forwarder().isPresent()
                    ? Optional.empty()
                    : Optional.of("the build left the cuBLAS forwarder out of the class path"));
  }

  /** Loaded once; a library of NVIDIA's cannot be exchanged for another. */
  static synchronized void load() {
    if (!loaded) {
      Path folder = HostTwin.LIBRARY.toAbsolutePath().resolveSibling("nvidia");
      LibraryFinder finder =
          new LibraryFinder(
              Map.of("SELKIE_CUDA_LIBS", folder.toString()), folder, folder, n -> Optional.empty());
      Jcuda.load(NvidiaLibraries.find(finder, Optional.of(NativeLibrary.at(HostTwin.LIBRARY))));
      loaded = true;
    }
  }

  /** A driver that remembers no algorithms, with its threads' order left to chance. */
  static NvidiaDriver driver() {
    try {
      return driver(Files.createTempDirectory("algorithms"));
    } catch (IOException e) {
      throw new BackendException("no temporary folder: " + e.getMessage());
    }
  }

  /**
   * @param cache where it remembers algorithms
   */
  static NvidiaDriver driver(Path cache) {
    load();
    HostTwin.schedule(HostTwin.Order.RANDOM);
    return new NvidiaDriver(cache);
  }

  /**
   * Whether a stream's work is done when it is asked for, or as late as somebody waits for it: what
   * forgets to wait goes wrong in one of the two.
   */
  static void early(boolean whether) {
    load();
    workEarly(whether);
  }

  private static native void workEarly(boolean whether);
}
