package dev.selkie.random;

import dev.selkie.processor.NetworkProcessor;
import dev.selkie.runtime.NetworkFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The classes of many networks, from one run of javac with the processor. */
final class Compilation implements AutoCloseable {
  private final Path folder;
  private final URLClassLoader loader;

  private Compilation(Path folder) throws IOException {
    this.folder = folder;
    this.loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, Compilation.class.getClassLoader());
  }

  static Compilation of(List<Model> networks, boolean fuse) {
    try {
      Path folder = Files.createTempDirectory("random-networks");
      JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
      DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
      List<String> options =
          List.of(
              "-d",
              folder.toString(),
              "-cp",
              System.getProperty("java.class.path"),
              "-Aselkie.fuse=" + fuse);
      JavaCompiler.CompilationTask task =
          javac.getTask(
              null, null, diagnostics, options, null, networks.stream().map(Source::new).toList());
      task.setProcessors(List.of(new NetworkProcessor()));
      if (!task.call()) {
        throw new AssertionError(
            "a sound network does not compile: " + diagnostics.getDiagnostics().get(0));
      }
      return new Compilation(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  NetworkFactory network(Model model) {
    String name = Model.PACKAGE + "." + model.name() + "Network$Factory";
    try {
      return (NetworkFactory) loader.loadClass(name).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("no generated network " + name, e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      loader.close();
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(Model model) {
      super(
          URI.create(String.format(Locale.ROOT, "drawn:/%s/%s.java", Model.PACKAGE, model.name())),
          Kind.SOURCE);
      text = model.source();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
