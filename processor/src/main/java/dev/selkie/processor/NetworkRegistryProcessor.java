package dev.selkie.processor;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.check.Problem;
import dev.selkie.processor.check.Problems;
import dev.selkie.processor.read.TypeNames;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;

/**
 * Lists the factories of all networks of an output folder for {@link java.util.ServiceLoader};
 * nothing where there is an error, since there are no classes then. A compiler that is given some
 * of the sources leaves the others' networks listed. To a module, which has to list them itself, it
 * says how.
 *
 * <p>Aggregating in Gradle's terms: its one file depends on all networks.
 */
public final class NetworkRegistryProcessor extends AbstractProcessor {
  private final Set<String> factories = new TreeSet<>();

  /** What the types of this compilation would be called here, were they networks. */
  private final Set<String> compiled = new TreeSet<>();

  private TypeElement network;

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
    collect(ElementFilter.typesIn(round.getRootElements()));
    for (TypeElement annotation : annotations) {
      for (TypeElement found : ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation))) {
        factories.add(factory(found));
        network = found;
      }
    }
    if (round.processingOver() && !round.errorRaised() && !factories.isEmpty()) {
      write();
    }
    return false;
  }

  private void collect(Collection<TypeElement> types) {
    for (TypeElement type : types) {
      compiled.add(factory(type));
      collect(ElementFilter.typesIn(type.getEnclosedElements()));
    }
  }

  private static String factory(TypeElement type) {
    return TypeNames.generatedName(type) + "$Factory";
  }

  private void write() {
    ServiceFile file = new ServiceFile(processingEnv);
    for (String listed : file.read()) {
      // What was a network before and is compiled as something else now is none any more.
      if (!compiled.contains(listed) && file.hasClass(listed)) {
        factories.add(listed);
      }
    }
    try {
      file.write(factories);
    } catch (IOException e) {
      processingEnv
          .getMessager()
          .printMessage(
              Diagnostic.Kind.ERROR, ServiceFile.NAME + " cannot be written: " + e.getMessage());
    }
    ModuleElement module = processingEnv.getElementUtils().getModuleOf(network);
    if (module != null && !module.isUnnamed()) {
      tell(module);
    }
  }

  /** No note where the module provides all. */
  private void tell(ModuleElement module) {
    Set<String> provided = Provided.by(module);
    Set<String> all = new TreeSet<>(provided);
    factories.forEach(factory -> all.add(factory.replaceFirst("\\$(?=Factory$)", ".")));
    if (provided.containsAll(all)) {
      return;
    }
    Problems problems = new Problems();
    problems.report(Message.NOT_PROVIDED, null, module.getQualifiedName(), String.join(", ", all));
    for (Problem problem : problems.list()) {
      processingEnv.getMessager().printMessage(Diagnostic.Kind.NOTE, problem.printed(), module);
    }
  }
}
