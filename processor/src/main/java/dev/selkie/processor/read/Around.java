package dev.selkie.processor.read;

import dev.selkie.processor.model.Surroundings;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** What stands around the class that is generated from a model. */
final class Around {
  private static final String GENERATED = "javax.annotation.processing.Generated";

  private Around() {}

  static Surroundings of(TypeElement model, Elements elements) {
    // Types of java.lang that generated code names.
    boolean hidden =
        Stream.of("IllegalStateException", "Override", "String")
            .map(name -> TypeNames.inPackageOf(model, name))
            .anyMatch(name -> TypeNames.lookUp(name, model, elements) != null);
    return new Surroundings(hidden, TypeNames.lookUp(GENERATED, model, elements) != null);
  }
}
