package dev.selkie.processor.graph.op;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/** y = a b; one of them may have a single position, and then gates the other's channels. */
public record Multiply() implements Op {
  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    Dims a = inputs.get(0).dims();
    Dims b = inputs.get(1).dims();
    boolean fits =
        a.equals(b) || (a.channels() == b.channels() && (a.positions() == 1 || b.positions() == 1));
    if (!fits) {
      throw new ShapeException(
          Message.SHAPE_MISMATCH, null, Join.mismatch(path, "multiplies", inputs, inputs.get(1)));
    }
    return a.positions() == 1 ? b : a;
  }

  @Override
  public void forward(Scope scope) {
    scope
        .call("multiplyForward")
        .write(scope.out())
        .read(scope.in(full(scope)))
        .read(scope.in(gate(scope)))
        .comment(scope.outDims())
        .end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    Gradients.Target dFull = gradients.target(full(scope));
    Gradients.Target dGate = gradients.target(gate(scope));
    scope
        .call("multiplyBackward")
        .write(dFull.buffer())
        .write(dGate.buffer())
        .read(gradients.out())
        .read(scope.in(full(scope)))
        .read(scope.in(gate(scope)))
        .end();
    dFull.done();
    dGate.done();
  }

  /** The input that has the output's shape; the verb wants it first. */
  private static int full(Scope scope) {
    return scope.inDims(0).equals(scope.outDims()) ? 0 : 1;
  }

  private static int gate(Scope scope) {
    return 1 - full(scope);
  }
}
