package dev.selkie.processor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/** The file that {@link java.util.ServiceLoader} finds networks by, in the output folder. */
final class ServiceFile {
  static final String NAME = "META-INF/services/dev.selkie.runtime.NetworkFactory";

  private final Filer filer;
  private final Elements elements;

  ServiceFile(ProcessingEnvironment environment) {
    this.filer = environment.getFiler();
    this.elements = environment.getElementUtils();
  }

  /** The classes that an earlier compilation listed; none where there was none. */
  List<String> read() {
    try (InputStream stream =
        filer.getResource(StandardLocation.CLASS_OUTPUT, "", NAME).openInputStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException | RuntimeException e) {
      // Compilers differ in what they throw where there is no such file.
      return List.of();
    }
  }

  /** Whether a class still stands in the output folder, or is compiled now. */
  boolean hasClass(String name) {
    int dot = name.lastIndexOf('.');
    try (InputStream stream =
        filer
            .getResource(
                StandardLocation.CLASS_OUTPUT,
                name.substring(0, Math.max(0, dot)),
                name.substring(dot + 1) + ".class")
            .openInputStream()) {
      return stream.read() >= 0;
    } catch (IOException | RuntimeException e) {
      return elements.getTypeElement(name) != null;
    }
  }

  void write(Set<String> classes) throws IOException {
    try (OutputStream stream =
        filer.createResource(StandardLocation.CLASS_OUTPUT, "", NAME).openOutputStream()) {
      for (String name : classes) {
        stream.write((name + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
