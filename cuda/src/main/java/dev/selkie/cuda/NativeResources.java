package dev.selkie.cuda;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Native code that travels in our jars, and the private folder that it is unpacked to. */
final class NativeResources {
  private static final String KERNELS = "/dev/selkie/cuda/libselkie_kernels.so";
  private static final String FORWARDER = "/dev/selkie/cuda/libcublas.so.12";

  private NativeResources() {}

  static Optional<Path> kernels() {
    return unpacked(KERNELS);
  }

  /** A libcublas.so.12 that hands every call on to libcublas.so.13. */
  static Optional<Path> forwarder() {
    return unpacked(FORWARDER);
  }

  /** Where JCuda's natives go, instead of the temporary folder that all users share. */
  static PrivateFolder folder() {
    return PrivateFolder.at(folder(System.getenv(), System.getProperty("user.home")));
  }

  static Path folder(Map<String, String> environment, String home) {
    String own = environment.getOrDefault("SELKIE_CACHE", "");
    Path cache = own.isEmpty() ? Path.of(home, ".cache", "selkie") : Path.of(own);
    return cache.resolve("natives");
  }

  private static Optional<Path> unpacked(String resource) {
    return NativeResources.class.getResource(resource) == null
        ? Optional.empty()
        : Optional.of(folder().unpack(resource));
  }
}
