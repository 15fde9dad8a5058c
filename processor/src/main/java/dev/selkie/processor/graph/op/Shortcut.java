package dev.selkie.processor.graph.op;

import dev.selkie.annotation.Scale;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * The input itself, or what makes another shape of it; which of the two is known once shapes are,
 * and then it is replaced, so that it never comes to verbs.
 *
 * @param parts one after another, where the input itself does not fit
 */
public record Shortcut(int stride, List<Part> parts) implements Op {

  /** An operation, and what its value is called where it is not the last. */
  public record Part(String suffix, Op op) {}

  public Shortcut {
    parts = List.copyOf(parts);
  }

  /** By a convolution without bias, and a norm or none. */
  public static Shortcut projection(
      String prefix, int out, int kernel, int stride, boolean normed) {
    Part convolution =
        new Part("conv", new Convolution(prefix, out, kernel, kernel, stride, 1, -1, 1, false));
    return new Shortcut(
        stride,
        normed
            ? List.of(convolution, new Part("", BatchNorm.alone(prefix + ".norm", Scale.ONE)))
            : List.of(convolution));
  }

  /** By taking every stride-th pixel and appending channels of zeros. */
  public static Shortcut padded(int out, int stride) {
    List<Part> parts = new ArrayList<>();
    if (stride > 1) {
      parts.add(new Part("sampled", new AveragePool(1, stride, 0, false, false)));
    }
    parts.add(new Part("", new PadChannels(out)));
    return new Shortcut(stride, parts);
  }

  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    Dims dims = inputs.get(0).dims();
    for (Part part : parts) {
      dims = part.op().shape(path, List.of(new Operand(inputs.get(0).layer(), dims)));
    }
    return dims;
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
