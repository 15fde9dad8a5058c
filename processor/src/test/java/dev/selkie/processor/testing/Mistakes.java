package dev.selkie.processor.testing;

import dev.selkie.processor.check.Message;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** One message in each compiler. */
final class Mistakes implements ArgumentsProvider, AnnotationConsumer<Shows> {
  private Message message;

  @Override
  public void accept(Shows shows) {
    message = shows.value();
  }

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return Arrays.stream(Compiler.values())
        .map(compiler -> Arguments.of(new Mistake(compiler, message)));
  }
}
