package dev.selkie.cuda;

import dev.selkie.runtime.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * NVIDIA's libraries as found on this machine, and the order in which they must be loaded: each
 * needs the ones before it, and the dynamic linker takes a library that is loaded already wherever
 * it lies.
 *
 * @param driver libcuda.so.1, part of NVIDIA's driver
 * @param cublasLt of the same version as cublas
 * @param cublas libcublas.so.12, or .13 behind our forwarder
 * @param cudnn libcudnn.so.9
 * @param kernels libselkie_kernels.so
 */
record NvidiaLibraries(
    Optional<Path> driver,
    Optional<Path> cublasLt,
    Optional<Path> cublas,
    Optional<Path> cudnn,
    Optional<Path> kernels,
    List<Path> folders) {

  private static final String NAME_THEM = " or name its folder in SELKIE_CUDA_LIBS";

  /** Version 12 is what JCublas was made for; 13 does through the forwarder. */
  static NvidiaLibraries find(LibraryFinder finder, Optional<Path> kernels) {
    for (int version : new int[] {12, 13}) {
      Optional<Path> cublas = finder.find("libcublas.so." + version);
      if (cublas.isPresent()) {
        return with(finder, kernels, cublas, finder.find("libcublasLt.so." + version));
      }
    }
    return with(finder, kernels, Optional.empty(), Optional.empty());
  }

  private static NvidiaLibraries with(
      LibraryFinder finder, Optional<Path> kernels, Optional<Path> cublas, Optional<Path> lt) {
    return new NvidiaLibraries(
        finder.find("libcuda.so.1"),
        lt,
        cublas,
        finder.find("libcudnn.so.9"),
        kernels,
        finder.folders());
  }

  /** Whether cuBLAS is of a version that only the forwarder can serve. */
  boolean needsForwarder() {
    return cublas.filter(path -> path.getFileName().toString().endsWith(".13")).isPresent();
  }

  List<Finding> findings() {
    List<Finding> all = new ArrayList<>();
    all.add(
        finding(
            "NVIDIA driver",
            "libcuda.so.1",
            driver,
            "install NVIDIA's driver, 560 or newer," + NAME_THEM));
    all.add(
        finding(
            "cuBLAS",
            "libcublas.so.12, or libcublas.so.13 behind the forwarder",
            cublas,
            "install the CUDA toolkit 12.6 or 13," + NAME_THEM));
    all.add(
        finding(
            "cuBLASLt", "beside cuBLAS", cublasLt, "install the CUDA toolkit whole," + NAME_THEM));
    all.add(finding("cuDNN", "libcudnn.so.9", cudnn, "install cuDNN 9," + NAME_THEM));
    all.add(
        finding(
            "Selkie's kernels",
            "libselkie_kernels.so",
            kernels,
            "build Selkie where nvcc is (mvn package -pl cuda -am), or name the file in SELKIE_KERNELS"));
    return all;
  }

  private Finding finding(String what, String wanted, Optional<Path> found, String fix) {
    return found
        .map(path -> Finding.good(what, wanted, path.toString()))
        .orElseGet(
            () ->
                Finding.bad(
                    what, wanted, "not in any of %d folders".formatted(folders.size()), fix));
  }

  /**
   * The kernels' library: the file that is named, else the one that the build has left in the class
   * path.
   */
  static Optional<Path> kernels(String named) {
    if (named != null && !named.isEmpty()) {
      return Optional.of(Path.of(named)).filter(Files::isRegularFile);
    }
    return NativeResources.kernels();
  }
}
