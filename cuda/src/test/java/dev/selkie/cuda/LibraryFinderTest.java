package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryFinderTest {
  @TempDir Path root;

  @Test
  void toolkitsAndPythonEnvironmentsAreLookedThrough() throws IOException {
    Path toolkit = file("usr/local/cuda-13.0/lib64/libcublas.so.13");
    Path package9 = file("usr/lib/python3.12/site-packages/nvidia/cudnn/lib/libcudnn.so.9");
    Path environment = file("venv/lib/python3.11/site-packages/nvidia/cu13/lib/libcublasLt.so.13");
    Path home = file("home/.local/lib/python3.10/site-packages/nvidia/nccl/lib/libnccl.so.2");
    LibraryFinder finder = finder(Map.of("VIRTUAL_ENV", root.resolve("venv").toString()));
    assertEquals(place(toolkit), finder.find("libcublas.so.13").map(NativeLibrary::place));
    assertEquals(place(package9), finder.find("libcudnn.so.9").map(NativeLibrary::place));
    assertEquals(place(environment), finder.find("libcublasLt.so.13").map(NativeLibrary::place));
    assertEquals(place(home), finder.find("libnccl.so.2").map(NativeLibrary::place));
    assertEquals(Optional.empty(), finder.find("libcuda.so.1"));
  }

  @Test
  void namedFoldersComeFirst() throws IOException {
    file("usr/lib/x86_64-linux-gnu/libcudnn.so.9");
    Path named = file("named/libcudnn.so.9");
    String list = root.resolve("nowhere") + ":" + root.resolve("named");
    assertEquals(
        place(named),
        finder(Map.of("SELKIE_CUDA_LIBS", list)).find("libcudnn.so.9").map(NativeLibrary::place));
  }

  /** Whoever puts a jar of libraries on the class path wants those, unless folders are named. */
  @Test
  void aJarOfLibrariesComesBeforeTheSystem() throws IOException {
    file("usr/lib/x86_64-linux-gnu/libcudnn.so.9");
    Path named = file("named/libcublas.so.12");
    LibraryFinder finder =
        finder(
            Map.of("SELKIE_CUDA_LIBS", named.getParent().toString()),
            Map.of("libcudnn.so.9", "x.jar!/libcudnn.so.9", "libcublas.so.12", "x.jar!/cublas"));
    assertEquals(
        Optional.of("x.jar!/libcudnn.so.9"),
        finder.find("libcudnn.so.9").map(NativeLibrary::place));
    assertEquals(place(named), finder.find("libcublas.so.12").map(NativeLibrary::place));
  }

  @Test
  void version12NeedsNoForwarder() throws IOException {
    file("usr/local/cuda/lib64/libcublas.so.12");
    file("usr/local/cuda/lib64/libcublas.so.13");
    assertFalse(NvidiaLibraries.find(finder(Map.of()), Optional.empty()).needsForwarder());
    Files.delete(root.resolve("usr/local/cuda/lib64/libcublas.so.12"));
    assertTrue(NvidiaLibraries.find(finder(Map.of()), Optional.empty()).needsForwarder());
  }

  @Test
  void whatIsMissingIsNamedWithItsFix() throws IOException {
    file("usr/lib/x86_64-linux-gnu/libcuda.so.1");
    file("usr/local/cuda/lib64/libcublas.so.13");
    List<Finding> findings = NvidiaLibraries.find(finder(Map.of()), Optional.empty()).findings();
    assertEquals(
        List.of(true, true, false, false, false, true),
        findings.stream().map(Finding::ok).toList());
    assertEquals("cuDNN", findings.get(3).what());
    assertEquals("install cuDNN 9, or name its folder in SELKIE_CUDA_LIBS", findings.get(3).fix());
  }

  @Test
  void theFoldersThatWereLookedThroughAreListed() throws IOException {
    Path system = file("usr/lib/x86_64-linux-gnu/libcuda.so.1").getParent();
    Path toolkit = file("usr/local/cuda/lib64/libcublas.so.13").getParent();
    List<Finding> findings = NvidiaLibraries.find(finder(Map.of()), Optional.empty()).findings();
    assertEquals(toolkit + ", " + system, findings.get(findings.size() - 1).found());
  }

  private static Optional<String> place(Path file) {
    return Optional.of(file.toString());
  }

  private LibraryFinder finder(Map<String, String> environment) {
    return finder(environment, Map.of());
  }

  private LibraryFinder finder(Map<String, String> environment, Map<String, String> packed) {
    return new LibraryFinder(
        environment,
        root,
        root.resolve("home"),
        name ->
            Optional.ofNullable(packed.get(name))
                .map(place -> new NativeLibrary(name, place, () -> Path.of(place))));
  }

  private Path file(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }
}
