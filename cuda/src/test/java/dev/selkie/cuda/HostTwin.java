package dev.selkie.cuda;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The kernels built for the host, every CUDA thread a fiber, and what only they offer. */
final class HostTwin {
  /** Orders in which threads and blocks run; a result must not depend on it. */
  enum Order {
    ASCENDING,
    DESCENDING,
    RANDOM
  }

  static final Path LIBRARY = Path.of(System.getProperty("selkie.kernels.host", "missing"));

  static {
    if (Files.exists(LIBRARY)) {
      System.load(LIBRARY.toAbsolutePath().toString());
    }
  }

  private HostTwin() {}

  /** Why the kernels cannot run here; empty where they can. */
  static Optional<String> absence() {
    return Files.exists(LIBRARY)
        ? Optional.empty()
        : Optional.of(
            "the kernels' host twin was not built: no g++, CMake and make here, or SELKIE_KERNELS_BUILD left it out");
  }

  private static native void schedule(int order, int seed);

  /** From now on launches are written down and not run; or run again. */
  static native void journal(boolean open);

  /** Writes a library's call into the journal. */
  static native void note(String call, long output, long first, long second, long workspace);

  /** A line for each entry since the last call: its name, a tab, its arguments' words. */
  static native String entries();

  /** A number that both sides have, as C++ has it; -1 where it has none of that name. */
  static native double number(String name);

  static void schedule(Order order) {
    schedule(order.ordinal(), 7);
  }
}
