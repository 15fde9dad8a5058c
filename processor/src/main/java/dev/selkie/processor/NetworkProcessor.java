package dev.selkie.processor;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.check.Problems;
import dev.selkie.processor.check.Rules;
import dev.selkie.processor.model.ModelDeclaration;
import dev.selkie.processor.read.ModelReader;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * The compiler's entry: each {@code @Network} becomes a class, each {@code @Block} gets a sidecar,
 * each mistake is an error where it was made. Blocks are checked whether or not a network repeats
 * them.
 *
 * <p>Isolating in Gradle's terms: what is generated depends on one network and the blocks it names,
 * whose sidecars the generated class names in turn.
 */
public final class NetworkProcessor extends AbstractProcessor {
  private final Set<String> sources = new HashSet<>();
  private final Map<String, TypeElement> waiting = new LinkedHashMap<>();
  private Options options;
  private NetworkWriter writer;
  private Reporter reporter;

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("dev.selkie.annotation.Network", "dev.selkie.annotation.Block");
  }

  @Override
  public Set<String> getSupportedOptions() {
    return OptionReader.NAMES;
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    Problems problems = new Problems();
    options = OptionReader.read(environment.getOptions(), problems);
    writer = new NetworkWriter(environment.getFiler());
    reporter = new Reporter(environment.getMessager());
    reporter.print(problems);
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (TypeElement root : ElementFilter.typesIn(round.getRootElements())) {
      sources.add(root.getQualifiedName().toString());
    }
    Map<String, TypeElement> models = new LinkedHashMap<>(waiting);
    waiting.clear();
    models.replaceAll((name, before) -> again(name, before));
    for (TypeElement annotation : annotations) {
      for (TypeElement model : ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation))) {
        models.put(model.getQualifiedName().toString(), model);
      }
    }
    models.forEach((name, model) -> compile(name, model, round.processingOver()));
    return false;
  }

  /** Elements do not outlive their round. */
  private TypeElement again(String name, TypeElement before) {
    TypeElement now = processingEnv.getElementUtils().getTypeElement(name);
    return now == null ? before : now;
  }

  private void compile(String name, TypeElement type, boolean last) {
    Problems problems = new Problems();
    try {
      ModelReader reader = new ModelReader(processingEnv.getElementUtils(), sources, problems);
      ModelDeclaration model = reader.read(type);
      Rules.check(model, problems);
      if (!last && problems.has(Message.UNRESOLVED)) {
        // Another processor may yet generate what is missing.
        waiting.put(name, type);
        return;
      }
      // What is written in the last round is not compiled any more.
      if (!last) {
        write(model, type, problems);
      }
    } catch (RuntimeException | Error e) {
      problems.report(Message.INTERNAL_ERROR, ModelReader.site(type), name, e);
    }
    reporter.print(problems);
  }

  private void write(ModelDeclaration model, TypeElement type, Problems problems) {
    if (model.isNetwork()) {
      Optional<CompiledNetwork> compiled = Optional.empty();
      if (problems.isEmpty()) {
        compiled = NetworkCompiler.compile(model, options, problems);
      } else {
        NetworkCompiler.checkShapes(model, problems);
      }
      CompiledNetwork network = compiled.orElseGet(() -> NetworkCompiler.stub(model));
      writer.write(network, type, ModelReader.site(type), problems);
    } else if (problems.isEmpty()) {
      writer.write(NetworkCompiler.sidecar(model), type, ModelReader.site(type), problems);
    }
  }
}
