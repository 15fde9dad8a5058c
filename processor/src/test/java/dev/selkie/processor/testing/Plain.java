package dev.selkie.processor.testing;

import dev.selkie.processor.check.Problems;
import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.LayerDeclaration.Edge;
import dev.selkie.processor.model.ModelDeclaration;
import dev.selkie.processor.read.ModelReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** A processor that keeps what the reader gives for each network, but for places. */
public final class Plain extends AbstractProcessor {
  private final List<Object> models = new ArrayList<>();

  public List<Object> models() {
    return models;
  }

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
    Set<String> sources = new TreeSet<>();
    round.getRootElements().forEach(root -> sources.add(root.toString()));
    for (TypeElement annotation : annotations) {
      for (Element network : round.getElementsAnnotatedWith(annotation)) {
        Problems problems = new Problems();
        ModelReader reader = new ModelReader(processingEnv.getElementUtils(), sources, problems);
        models.add(plain(reader.read((TypeElement) network)));
        models.add(problems.list());
      }
    }
    return false;
  }

  private static List<Object> plain(ModelDeclaration model) {
    return List.of(
        model.qualifiedName(),
        model.isNetwork(),
        model.layers().stream().map(Plain::plain).toList());
  }

  private static List<Object> plain(LayerDeclaration layer) {
    return List.of(
        layer.name(),
        layer.kind(),
        new TreeMap<>(layer.values()),
        new TreeSet<>(layer.valueSites().keySet()),
        layer.edges().stream().map(Edge::name).toList(),
        layer.block() == null ? "no block" : plain(layer.block()));
  }
}
