package dev.selkie.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * {@code Pack JARS PAYLOAD}: all jars of a folder, uncompressed and without what nothing asks for,
 * as one payload.
 */
public final class Pack {
  /** Headers, and the libraries of JCuda's that the backend does not load. */
  private static final Pattern UNUSED =
      Pattern.compile(
          ".*/include/.*|.*\\.cmake|META-INF/native-image/.*|META-INF/maven/.*/pom\\.xml"
              + "|lib/lib(JNvPTXCompiler|JNvrtc|JCudaRuntime)-.*");

  private Pack() {}

  public static void main(String[] arguments) throws IOException {
    Path plain = Files.createTempDirectory("selkie-bundle");
    try {
      List<Path> jars = new ArrayList<>();
      for (Path jar : sorted(Path.of(arguments[0]))) {
        jars.add(store(jar, plain.resolve(jar.getFileName())));
      }
      Payload.pack(jars, Path.of(arguments[1]));
    } finally {
      for (Path file : sorted(plain)) {
        Files.delete(file);
      }
      Files.delete(plain);
    }
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** The same jar without compression: what is compressed twice does not get smaller. */
  private static Path store(Path jar, Path target) throws IOException {
    try (ZipFile from = new ZipFile(jar.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(target))) {
      Enumeration<? extends ZipEntry> entries = from.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!UNUSED.matcher(entry.getName()).matches()) {
          to.putNextEntry(stored(entry));
          from.getInputStream(entry).transferTo(to);
        }
      }
    }
    return target;
  }

  private static ZipEntry stored(ZipEntry entry) {
    ZipEntry stored = new ZipEntry(entry.getName());
    stored.setMethod(ZipEntry.STORED);
    stored.setSize(entry.getSize());
    stored.setCrc(entry.getCrc());
    stored.setTime(0);
    return stored;
  }
}
