package dev.selkie.processor.graph.op;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.CallBuilder;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/**
 * A random mean of two branches in training, the plain one in inference.
 *
 * @param even whether the gradient is split in halves, not by another draw
 * @param number of the layer among those of the network that draw
 */
public record ShakeShake(boolean even, int number) implements Op {
  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    Dims first = inputs.get(0).dims();
    if (!inputs.get(1).dims().equals(first)) {
      throw new ShapeException(
          Message.SHAPE_MISMATCH, null, Join.mismatch(path, "adds", inputs, inputs.get(1)));
    }
    return first;
  }

  @Override
  public void forward(Scope scope) {
    state(scope, "shakeShakeForward").with("" + number).comment(scope.outDims()).end();
  }

  @Override
  public void infer(Scope scope) {
    state(scope, "shakeShakeInference").comment(scope.outDims()).end();
  }

  private static CallBuilder state(Scope scope, String verb) {
    return scope.call(verb).write(scope.out()).read(scope.in(0)).read(scope.in(1));
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    Buffer dy = gradients.out();
    if (even) {
      for (int i = 0; i < 2; i++) {
        if (gradients.wants(i)) {
          Gradients.Target dx = gradients.target(i);
          scope.call("times").write(dx.buffer()).read(dy).with("0.5f").end();
          dx.done();
        }
      }
      return;
    }
    Gradients.Target first = gradients.target(0);
    Gradients.Target second = gradients.target(1);
    scope
        .call("shakeShakeBackward")
        .write(first.buffer())
        .write(second.buffer())
        .read(dy)
        .with("" + number)
        .end();
    first.done();
    second.done();
  }
}
