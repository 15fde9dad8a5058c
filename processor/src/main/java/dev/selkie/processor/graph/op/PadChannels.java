package dev.selkie.processor.graph.op;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/** Channels of zeros behind those of the input. */
public record PadChannels(int out) implements Op {
  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    Dims x = inputs.get(0).dims();
    if (out < x.channels()) {
      throw new ShapeException(Message.CANNOT_PAD, null, path, x.channels(), out, x.channels());
    }
    return new Dims(out, x.height(), x.width());
  }

  @Override
  public void forward(Scope scope) {
    scope.call("zero").write(scope.out()).end();
    scope
        .call("concatForward")
        .update(scope.out())
        .read(scope.in(0))
        .with("0")
        .comment(scope.outDims())
        .end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    if (gradients.wants(0)) {
      Gradients.Target dx = gradients.target(0);
      scope.call("concatBackward").write(dx.buffer()).read(gradients.out()).with("0").end();
      dx.done();
    }
  }
}
