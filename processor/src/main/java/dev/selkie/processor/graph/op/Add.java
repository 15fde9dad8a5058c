package dev.selkie.processor.graph.op;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/** y = a + b (+ ...). */
public record Add() implements Op {
  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    Dims first = inputs.get(0).dims();
    for (Operand other : inputs) {
      if (!other.dims().equals(first)) {
        throw new ShapeException(
            Message.SHAPE_MISMATCH, null, Join.mismatch(path, "adds", inputs, other));
      }
    }
    return first;
  }

  @Override
  public void forward(Scope scope) {
    Buffer y = scope.out();
    scope
        .call("addForward")
        .write(y)
        .read(scope.in(0))
        .read(scope.in(1))
        .comment(scope.outDims())
        .end();
    for (int i = 2; i < scope.inputs(); i++) {
      scope.call("accumulate").update(y).read(scope.in(i)).end();
    }
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    for (int i = scope.inputs() - 1; i > 0; i--) {
      gradients.copyOn(i);
    }
    gradients.handOn(0);
  }
}
