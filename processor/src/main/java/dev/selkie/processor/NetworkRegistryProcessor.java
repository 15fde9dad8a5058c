package dev.selkie.processor;

import dev.selkie.processor.read.TypeNames;
import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Lists the factories of all networks of a compilation for {@link java.util.ServiceLoader}; nothing
 * where there is an error, since there are no classes then.
 *
 * <p>Aggregating in Gradle's terms: its one file depends on all networks.
 */
public final class NetworkRegistryProcessor extends AbstractProcessor {
  private static final String FILE = "META-INF/services/dev.selkie.runtime.NetworkFactory";

  private final Set<String> factories = new TreeSet<>();

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("dev.selkie.annotation.Network");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (TypeElement annotation : annotations) {
      for (TypeElement network :
          ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation))) {
        factories.add(TypeNames.generatedName(network) + "$Factory");
      }
    }
    if (round.processingOver() && !round.errorRaised() && !factories.isEmpty()) {
      write();
    }
    return false;
  }

  private void write() {
    try (Writer writer =
        processingEnv
            .getFiler()
            .createResource(StandardLocation.CLASS_OUTPUT, "", FILE)
            .openWriter()) {
      for (String factory : factories) {
        writer.write(factory + "\n");
      }
    } catch (IOException e) {
      processingEnv
          .getMessager()
          .printMessage(Diagnostic.Kind.ERROR, FILE + " cannot be written: " + e.getMessage());
    }
  }
}
