package dev.selkie.processor.emit;

import dev.selkie.processor.model.ModelDeclaration;

/** The class of a network that has problems: its signatures, so that only our messages remain. */
public final class StubEmitter {
  private StubEmitter() {}

  /** Java source. */
  public static String emit(ModelDeclaration declaration) {
    return Skeleton.stub(declaration);
  }
}
