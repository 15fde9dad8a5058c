package dev.selkie.processor;

import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Generated;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * Claims Selkie's annotations, so that {@code -Xlint:processing} does not miss a processor for
 * those of layers. It comes last: what is claimed is shown to no later processor, and the two
 * others both want {@code @Network}.
 *
 * <p>{@code @Generated} is everybody's, and claimed only where nobody else uses it.
 */
public final class ClaimingProcessor extends AbstractProcessor {
  private static final String GENERATED = "javax.annotation.processing.Generated";

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("dev.selkie.annotation.*", "dev.selkie.runtime.*", GENERATED);
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (TypeElement annotation : annotations) {
      if (annotation.getQualifiedName().contentEquals(GENERATED)
          && !round.getElementsAnnotatedWith(annotation).stream()
              .allMatch(ClaimingProcessor::isOurs)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOurs(Element element) {
    Generated generated = element.getAnnotation(Generated.class);
    return generated != null
        && Set.of(generated.value()).contains(NetworkProcessor.class.getName());
  }
}
