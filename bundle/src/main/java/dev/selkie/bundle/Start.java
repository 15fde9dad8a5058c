package dev.selkie.bundle;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The bundle's entry: unpacks the jars beside their payload, once, and runs the command line. */
public final class Start {
  private static final String MAIN = "dev.selkie.training.cli.Main";

  private Start() {}

  /** {@code Start LIB ARGUMENT...}, where LIB holds the payload. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    List<URL> urls = new ArrayList<>();
    try {
      String own = System.getenv().getOrDefault("SELKIE_CLASSPATH", "");
      for (String one : own.split(File.pathSeparator, -1)) {
        if (!one.isEmpty()) {
          urls.add(url(Path.of(one)));
        }
      }
      for (Path jar : list(unpacked(Path.of(arguments[0])))) {
        urls.add(url(jar));
      }
    } catch (IOException e) {
      System.err.printf(
          "selkie: cannot unpack its jars in %s (%s); copy the bundle to a folder of yours with 200 MB left%n",
          arguments[0], e);
      System.exit(1);
    }
    ClassLoader loader =
        new URLClassLoader("selkie", urls.toArray(URL[]::new), Start.class.getClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    String[] rest = Stream.of(arguments).skip(1).toArray(String[]::new);
    try {
      loader.loadClass(MAIN).getMethod("main", String[].class).invoke(null, (Object) rest);
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace();
      System.exit(1);
    }
  }

  /** A folder named after what is in it, so another version in the same place has another. */
  static Path unpacked(Path lib) throws IOException {
    Path payload = lib.resolve("selkie.xz");
    Path folder = lib.resolve("selkie-" + Files.readString(lib.resolve("selkie.id")).strip());
    if (Files.isDirectory(folder)) {
      return folder;
    }
    System.err.printf("selkie: unpacking its jars in %s, once%n", lib);
    Path whole = Files.createTempDirectory(lib, "unpacking");
    try {
      Payload.unpack(payload, whole);
      Files.move(whole, folder);
    } catch (IOException e) {
      for (Path file : list(whole)) {
        Files.delete(file);
      }
      Files.deleteIfExists(whole);
      // Another run may have been faster.
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    return folder;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static URL url(Path path) throws MalformedURLException {
    return path.toUri().toURL();
  }
}
