package dev.selkie.processor.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** A processor in a compiler whose filer is listened to, or made to fail as no filer should. */
public final class FilerTap extends AbstractProcessor {
  private final Processor processor;
  private final InvocationHandler tap;

  /**
   * @param tap called with the true filer in place of each of its methods
   */
  public FilerTap(Processor processor, InvocationHandler tap) {
    this.processor = processor;
    this.tap = tap;
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
    ClassLoader loader = FilerTap.class.getClassLoader();
    Object filer =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {Filer.class},
            (proxy, method, arguments) -> tap.invoke(environment.getFiler(), method, arguments));
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
    processor.process(annotations, round);
    return false;
  }
}
