package dev.selkie.processor;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.check.Problems;
import dev.selkie.processor.model.Site;
import java.io.IOException;
import java.io.Writer;
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
      fill(filer.createSourceFile(name, origin), network.source());
      String around = name.substring(0, Math.max(0, name.lastIndexOf('.')));
      for (CompiledNetwork.Document document : network.documents()) {
        fill(
            filer.createResource(
                StandardLocation.SOURCE_OUTPUT, around, document.fileName(), origin),
            document.content());
      }
    } catch (IOException e) {
      problems.report(Message.CANNOT_WRITE, site, name, e.getMessage());
    }
  }

  private static void fill(FileObject file, String content) throws IOException {
    try (Writer writer = file.openWriter()) {
      writer.write(content);
    }
  }
}
