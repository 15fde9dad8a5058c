package dev.selkie.processor;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.check.Problems;
import dev.selkie.processor.model.Site;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import javax.annotation.processing.Filer;
import javax.lang.model.element.TypeElement;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/** Generated source and its documents to files, each of exactly one origin. */
final class NetworkWriter {
  private final Filer filer;

  NetworkWriter(Filer filer) {
    this.filer = filer;
  }

  void write(CompiledNetwork network, TypeElement origin, Site site, Problems problems) {
    String name = network.qualifiedName();
    try {
      try (Writer writer = filer.createSourceFile(name, origin).openWriter()) {
        writer.write(ascii(network.source()));
      }
      String around = name.substring(0, Math.max(0, name.lastIndexOf('.')));
      for (CompiledNetwork.Document document : network.documents()) {
        try (OutputStream stream =
            resource(around, document.fileName(), origin).openOutputStream()) {
          stream.write(document.content().getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      problems.report(Message.CANNOT_WRITE, site, name, e.getMessage());
    }
  }

  /** Beside the source; Eclipse's compiler knows no such place where it was not given one. */
  private FileObject resource(String around, String name, TypeElement origin) throws IOException {
    try {
      return filer.createResource(StandardLocation.SOURCE_OUTPUT, around, name, origin);
    } catch (IllegalArgumentException e) {
      return filer.createResource(StandardLocation.CLASS_OUTPUT, around, name, origin);
    }
  }

  /** Whatever the compiler's encoding is, it has ASCII. */
  private static String ascii(String java) {
    StringBuilder ascii = new StringBuilder();
    for (char c : java.toCharArray()) {
      ascii.append(c < 128 ? "" + c : "\\u%04x".formatted((int) c));
    }
    return ascii.toString();
  }
}
