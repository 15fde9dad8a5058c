package dev.selkie.processor.testing;

import java.lang.reflect.Proxy;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** A processor in a compiler whose filer fails as no filer should. */
public final class Sabotage extends AbstractProcessor {
  private final Processor processor;

  public Sabotage(Processor processor) {
    this.processor = processor;
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return processor.getSupportedAnnotationTypes();
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return processor.getSupportedSourceVersion();
  }

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    ClassLoader loader = Sabotage.class.getClassLoader();
    Object filer =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {Filer.class},
            (proxy, method, arguments) -> {
              throw new IllegalStateException("sabotage");
            });
    processor.init(
        (ProcessingEnvironment)
            Proxy.newProxyInstance(
                loader,
                new Class<?>[] {ProcessingEnvironment.class},
                (proxy, method, arguments) ->
                    method.getName().equals("getFiler")
                        ? filer
                        : method.invoke(environment, arguments)));
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    return processor.process(annotations, round);
  }
}
