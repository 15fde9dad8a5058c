package dev.selkie.processor.testing;

import dev.selkie.annotation.Network;
import dev.selkie.processor.ClaimingProcessor;
import dev.selkie.processor.NetworkProcessor;
import dev.selkie.processor.NetworkRegistryProcessor;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.annotation.processing.Processor;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;

/**
 * A folder to compile in; what one run wrote is on the class path of the next, as it is or in jars.
 */
public final class Workspace implements AutoCloseable {
  private final Path root;
  private final Path output;
  private final List<Path> libraries = new ArrayList<>();

  public Workspace() {
    try {
      root = Files.createTempDirectory("selkie");
      output = Files.createDirectory(root.resolve("classes"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles one file with Selkie's processors. */
  public Outcome compile(Compiler compiler, String source, String... options) {
    return compile(
        compiler,
        List.of(new NetworkProcessor(), new NetworkRegistryProcessor(), new ClaimingProcessor()),
        source,
        options);
  }

  public Outcome compile(
      Compiler compiler, List<Processor> processors, String source, String... options) {
    return compile(compiler, processors, Map.of("Model.java", source), options);
  }

  /** Compiles files, by name; with a {@code module-info.java} the class path is the module path. */
  public Outcome compile(
      Compiler compiler,
      List<Processor> processors,
      Map<String, String> sources,
      String... options) {
    JavaCompiler tool = compiler.tool();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        tool.getStandardFileManager(diagnostics, null, StandardCharsets.UTF_8)) {
      List<Path> written = new ArrayList<>();
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Path file = root.resolve(source.getKey());
        Files.createDirectories(file.getParent());
        written.add(Files.writeString(file, source.getValue()));
      }
      boolean modules = sources.containsKey("module-info.java");
      JavaCompiler.CompilationTask task =
          tool.getTask(
              new StringWriter(),
              files,
              diagnostics,
              arguments(modules, options),
              null,
              files.getJavaFileObjectsFromPaths(written));
      task.setProcessors(processors);
      task.call();
      return new Outcome(diagnostics.getDiagnostics(), read());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Packs the class files that were written into a jar, for the class path of what follows, and
   * removes everything else that was written.
   */
  public void jar() {
    try {
      libraries.add(pack("library" + libraries.size(), output));
      for (Path file : files(output)) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path pack(String name, Path classes) throws IOException {
    Path jar = root.resolve(name + ".jar");
    if (Files.isRegularFile(classes)) {
      return Files.copy(classes, jar, StandardCopyOption.REPLACE_EXISTING);
    }
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Path file : files(classes)) {
        if (file.toString().endsWith(".class")) {
          zip.putNextEntry(new ZipEntry(name(classes, file)));
          Files.copy(file, zip);
        }
      }
    }
    return jar;
  }

  /** Where class files are written. */
  public Path output() {
    return output;
  }

  private List<String> arguments(boolean modules, String... options) throws IOException {
    Stream<Path> path =
        modules
            ? Stream.concat(Stream.of(pack("selkie-runtime", runtime())), libraries.stream())
            : Stream.concat(Stream.of(runtime(), output), libraries.stream());
    String joined = path.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    List<String> all = new ArrayList<>(List.of("--release", "17"));
    if (modules) {
      all.addAll(List.of("--module-path", joined));
    } else {
      all.addAll(List.of("-classpath", joined));
    }
    all.addAll(List.of("-d", output.toString(), "-s", output.toString()));
    all.addAll(List.of(options));
    return all;
  }

  private static Path runtime() {
    try {
      return Path.of(Network.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, String> read() throws IOException {
    Map<String, String> read = new TreeMap<>();
    for (Path file : files(output)) {
      read.put(name(output, file), Files.readString(file, StandardCharsets.ISO_8859_1));
    }
    return read;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  @Override
  public void close() {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
