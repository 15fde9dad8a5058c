package dev.selkie.cuda;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Looks for NVIDIA's libraries where they may lie: the folders that {@code SELKIE_CUDA_LIBS} names,
 * NVIDIA's redistributable jar where it is on the class path, the folders of {@code
 * LD_LIBRARY_PATH}, CUDA toolkits, the system's own, and the {@code nvidia} packages of Python
 * environments.
 */
final class LibraryFinder {
  /** Folders of the system, where a file system root stands before them. */
  private static final List<String> SYSTEM =
      List.of(
          "usr/local/cuda/lib64",
          "usr/local/cuda/targets/x86_64-linux/lib",
          "usr/lib/x86_64-linux-gnu",
          "usr/lib64",
          "usr/lib/wsl/lib");

  /** Parents of {@code python3.x/site-packages}. */
  private static final List<String> PYTHON =
      List.of("usr/lib", "usr/local/lib", "opt/venv/lib", "opt/conda/lib", "opt/python/lib");

  private final List<Path> named;
  private final Function<String, Optional<NativeLibrary>> packed;
  private final List<Path> folders;

  /**
   * @param packed libraries in jars, by name
   */
  LibraryFinder(
      Map<String, String> environment,
      Path root,
      Path home,
      Function<String, Optional<NativeLibrary>> packed) {
    this.packed = packed;
    named = paths(environment.get("SELKIE_CUDA_LIBS"));
    Set<Path> all = new LinkedHashSet<>(named);
    all.addAll(paths(environment.get("LD_LIBRARY_PATH")));
    for (String variable : List.of("CUDA_HOME", "CUDA_PATH")) {
      paths(environment.get(variable)).forEach(cuda -> all.add(cuda.resolve("lib64")));
    }
    SYSTEM.forEach(folder -> all.add(root.resolve(folder)));
    children(root.resolve("usr/local"), "cuda-*").forEach(cuda -> all.add(cuda.resolve("lib64")));
    List<Path> python = new ArrayList<>();
    for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      paths(environment.get(variable)).forEach(prefix -> python.add(prefix.resolve("lib")));
    }
    python.add(home.resolve(".local/lib"));
    children(home.resolve(".pyenv/versions"), "*")
        .forEach(version -> python.add(version.resolve("lib")));
    PYTHON.forEach(folder -> python.add(root.resolve(folder)));
    python.forEach(parent -> all.addAll(packages(parent)));
    folders = all.stream().filter(Files::isDirectory).toList();
  }

  static LibraryFinder ofThisMachine() {
    return new LibraryFinder(
        System.getenv(),
        Path.of("/"),
        Path.of(System.getProperty("user.home")),
        NativeResources::redistributable);
  }

  /** The first of that name: in a folder that was named, in a jar, in any other folder. */
  Optional<NativeLibrary> find(String name) {
    return in(named, name).or(() -> packed.apply(name)).or(() -> in(folders, name));
  }

  private static Optional<NativeLibrary> in(List<Path> folders, String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::exists)
        .findFirst()
        .map(NativeLibrary::at);
  }

  /** Files beside it whose names match, in order of their names. */
  static List<Path> beside(Path library, String glob) {
    return children(library.toAbsolutePath().getParent(), glob);
  }

  /** Where was looked. */
  List<Path> folders() {
    return folders;
  }

  /** {@code python3.x/site-packages/nvidia/<package>/lib} below a folder. */
  private static List<Path> packages(Path parent) {
    List<Path> found = new ArrayList<>();
    for (Path python : children(parent, "python3*")) {
      for (String packages : List.of("site-packages", "dist-packages")) {
        children(python.resolve(packages).resolve("nvidia"), "*")
            .forEach(one -> found.add(one.resolve("lib")));
      }
    }
    return found;
  }

  private static List<Path> paths(String list) {
    List<Path> found = new ArrayList<>();
    for (String one : list == null ? new String[0] : list.split(File.pathSeparator, -1)) {
      if (!one.isEmpty()) {
        found.add(Path.of(one));
      }
    }
    return found;
  }

  private static List<Path> children(Path folder, String glob) {
    Set<Path> found = new TreeSet<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
        stream.forEach(found::add);
      } catch (IOException e) {
        // A folder that may not be read holds nothing for us.
        return List.of();
      }
    }
    return List.copyOf(found);
  }
}
