package dev.selkie.cuda;

import dev.selkie.runtime.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * NVIDIA's libraries as found on this machine, and the order in which they must be loaded: each
 * needs the ones before it, and the dynamic linker takes a library that is loaded already wherever
 * it lies.
 *
 * @param driver libcuda.so.1, part of NVIDIA's driver
 * @param cublasLt of the same version as cublas
 * @param cublas libcublas.so.12, or .13 behind our forwarder
 * @param nvrtc libnvrtc.so of the same version, with which cuDNN compiles some of its engines
 * @param cudnn libcudnn.so.9; it finds its parts beside itself
 * @param kernels libselkie_kernels.so
 */
record NvidiaLibraries(
    Optional<NativeLibrary> driver,
    Optional<NativeLibrary> cublasLt,
    Optional<NativeLibrary> cublas,
    Optional<NativeLibrary> nvrtc,
    Optional<NativeLibrary> cudnn,
    Optional<NativeLibrary> kernels,
    List<Path> folders) {

  private static final String NAME_THEM = " or name its folder in SELKIE_CUDA_LIBS";

  /** Version 12 is what JCublas was made for; 13 does through the forwarder. */
  static NvidiaLibraries find(LibraryFinder finder, Optional<NativeLibrary> kernels) {
    int version = finder.find("libcublas.so.12").isEmpty() ? 13 : 12;
    Optional<NativeLibrary> cublas = finder.find("libcublas.so." + version);
    return new NvidiaLibraries(
        finder.find("libcuda.so.1"),
        cublas.flatMap(found -> finder.find("libcublasLt.so." + version)),
        cublas,
        finder.find("libnvrtc.so." + version),
        finder.find("libcudnn.so.9"),
        kernels,
        finder.folders());
  }

  /** Whether cuBLAS is of a version that only the forwarder can serve. */
  boolean needsForwarder() {
    return cublas.filter(library -> library.name().endsWith(".13")).isPresent();
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
    nvrtc.ifPresent(
        found -> all.add(Finding.good("NVRTC", "only by some of cuDNN's engines", found.place())));
    all.add(finding("cuDNN", "libcudnn.so.9", cudnn, "install cuDNN 9," + NAME_THEM));
    all.add(
        finding(
            "Selkie's kernels",
            "libselkie_kernels.so",
            kernels,
            "neither in Selkie's jar nor named by SELKIE_KERNELS",
            "build Selkie where nvcc is, or name the file in SELKIE_KERNELS"));
    all.add(
        Finding.good(
            "folders with libraries",
            "any of NVIDIA's",
            folders.isEmpty()
                ? "none that exists"
                : folders.stream().map(Path::toString).collect(Collectors.joining(", "))));
    return all;
  }

  private Finding finding(String what, String wanted, Optional<NativeLibrary> found, String fix) {
    return finding(what, wanted, found, "not in any of %d folders".formatted(folders.size()), fix);
  }

  private static Finding finding(
      String what, String wanted, Optional<NativeLibrary> found, String absent, String fix) {
    return found
        .map(library -> Finding.good(what, wanted, library.place()))
        .orElseGet(() -> Finding.bad(what, wanted, absent, fix));
  }

  /**
   * The kernels' library: the file that is named, else the one that the build has left in the class
   * path.
   */
  static Optional<NativeLibrary> kernels(String named) {
    if (named != null && !named.isEmpty()) {
      return Optional.of(Path.of(named)).filter(Files::isRegularFile).map(NativeLibrary::at);
    }
    return NativeResources.kernels();
  }
}
