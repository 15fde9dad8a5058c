package dev.selkie.processor.testing;

import dev.selkie.annotation.Network;
import dev.selkie.processor.NetworkProcessor;
import dev.selkie.processor.NetworkRegistryProcessor;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;

/** A folder to compile in; what one run wrote is on the class path of the next. */
public final class Workspace implements AutoCloseable {
  private final Path root;
  private final Path output;

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
        compiler, List.of(new NetworkProcessor(), new NetworkRegistryProcessor()), source, options);
  }

  public Outcome compile(
      Compiler compiler, List<Processor> processors, String source, String... options) {
    JavaCompiler tool = compiler.tool();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        tool.getStandardFileManager(diagnostics, null, StandardCharsets.UTF_8)) {
      Path file = Files.writeString(root.resolve("Model.java"), source);
      JavaCompiler.CompilationTask task =
          tool.getTask(
              new StringWriter(),
              files,
              diagnostics,
              arguments(options),
              null,
              files.getJavaFileObjects(file));
      task.setProcessors(processors);
      task.call();
      return new Outcome(diagnostics.getDiagnostics(), read());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> arguments(String... options) {
    String path = runtime() + System.getProperty("path.separator") + output;
    List<String> all =
        new ArrayList<>(List.of("-source", "17", "-target", "17", "-classpath", path));
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
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(output)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = output.relativize(path).toString().replace('\\', '/');
        files.put(name, Files.readString(path, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
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
