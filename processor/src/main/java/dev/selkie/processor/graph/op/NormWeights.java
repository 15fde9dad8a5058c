package dev.selkie.processor.graph.op;

import dev.selkie.annotation.Scale;
import dev.selkie.processor.program.Field;
import dev.selkie.processor.program.Scope;

/**
 * Which norm: the names of its parameters, and how they start.
 *
 * @param prefix of the names
 */
public record NormWeights(String prefix, Scale scale) {

  /** The field that holds them. */
  public Field field(Scope scope, int channels) {
    return scope.batchNorm(prefix, channels, scale);
  }
}
