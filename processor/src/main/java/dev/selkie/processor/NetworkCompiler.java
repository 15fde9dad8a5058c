package dev.selkie.processor;

import dev.selkie.processor.check.Problems;
import dev.selkie.processor.read.ModelDeclaration;
import java.util.Optional;

/** The phases in order, without a compiler in sight. */
public final class NetworkCompiler {
  private NetworkCompiler() {}

  /** From a checked declaration to source; empty where problems were added. */
  public static Optional<CompiledNetwork> compile(
      ModelDeclaration declaration, Options options, Problems problems) {
    return Optional.empty();
  }

  /**
   * A class with the right public signatures and no body, so that callers of a network with
   * problems still resolve and only our messages remain.
   */
  public static CompiledNetwork stub(ModelDeclaration declaration) {
    throw new IllegalStateException("not yet");
  }
}
