package dev.selkie.processor.graph.op;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/**
 * The input itself, or a projection of it; which of the two is known once shapes are, and then it
 * is replaced, so that it never comes to verbs.
 *
 * @param prefix of the names of the projection's parameters
 */
public record Shortcut(String prefix, int out, int stride) implements Op {
  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    return projection().shape(path, inputs);
  }

  public Convolution projection() {
    return Convolution.projection(prefix, out, stride);
  }

  @Override
  public void forward(Scope scope) {
    throw unresolved(scope);
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    throw unresolved(scope);
  }

  private static IllegalStateException unresolved(Scope scope) {
    return new IllegalStateException(scope.path() + " was not resolved after shape inference");
  }
}
