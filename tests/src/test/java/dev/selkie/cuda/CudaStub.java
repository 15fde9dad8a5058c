package dev.selkie.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A libcuda.so.1 without a GPU behind it, for machines that have no driver of NVIDIA's. */
final class CudaStub {
  /** No CUDA-capable device is detected. */
  private static final String SOURCE = "int cuInit(unsigned flags) { return 100 + 0 * flags; }\n";

  private CudaStub() {}

  /** Compiled into that folder; empty where there is no gcc. */
  static Optional<Path> in(Path folder) throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve("stub.c"), SOURCE);
    Path library = folder.resolve("libcuda.so.1");
    List<String> compile =
        List.of(
            "gcc",
            "-shared",
            "-fPIC",
            "-Wl,-soname,libcuda.so.1",
            source.toString(),
            "-o",
            library.toString());
    try {
      int status = new ProcessBuilder(compile).inheritIO().start().waitFor();
      return status == 0 ? Optional.of(library) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
