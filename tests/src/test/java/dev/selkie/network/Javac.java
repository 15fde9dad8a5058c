package dev.selkie.network;

import dev.selkie.runtime.NetworkFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Plain javac with the processor on its {@code -processorpath}: what a build without Maven does.
 */
final class Javac {
  static final String PATH = System.getProperty("java.class.path");

  private Javac() {}

  /** Compiles one source file in a folder of its own; where its classes are. */
  static Path compile(Path folder, String name, String source, String... options) {
    try {
      Path file = Files.writeString(folder.resolve(name + ".java"), source);
      Path classes = Files.createDirectories(folder.resolve("classes"));
      List<String> arguments =
          new ArrayList<>(List.of("-d", classes.toString(), "-cp", PATH, "-processorpath", PATH));
      arguments.addAll(List.of(options));
      arguments.add(file.toString());
      JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
      int status = javac.run(null, null, null, arguments.toArray(String[]::new));
      if (status != 0) {
        throw new AssertionError("javac ended with " + status);
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles one source file in a folder of its own and finds the network in it. */
  static NetworkFactory network(Path folder, String name, String source, String... options) {
    try {
      Path classes = compile(folder, name, source, options);
      URLClassLoader loader =
          new URLClassLoader(new URL[] {classes.toUri().toURL()}, Javac.class.getClassLoader());
      return (NetworkFactory)
          loader.loadClass(name + "Network$Factory").getDeclaredConstructor().newInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("no generated network " + name, e);
    }
  }
}
