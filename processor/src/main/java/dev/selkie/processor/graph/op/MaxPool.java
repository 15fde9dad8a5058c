package dev.selkie.processor.graph.op;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Constant;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import dev.selkie.runtime.Element;
import java.util.List;

/** The maximum of each window; backward keeps which tap won, in a byte. */
public record MaxPool(int kernel, int stride, int padding, boolean ceil) implements Op {
  private static final int TAPS = 256;

  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    if ((long) kernel * kernel > TAPS) {
      throw new ShapeException(
          Message.TOO_LARGE, "kernel", path, "a window has at most " + TAPS + " taps");
    }
    return AveragePool.shape(path, inputs.get(0).dims(), kernel, stride, padding, ceil);
  }

  @Override
  public void forward(Scope scope) {
    scope
        .call("maxPoolForward")
        .write(scope.out())
        .write(winners(scope))
        .read(scope.in(0))
        .with(geometry())
        .comment(scope.outDims())
        .end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    if (gradients.wants(0)) {
      Gradients.Target dx = gradients.target(0);
      scope
          .call("maxPoolBackward")
          .write(dx.buffer())
          .read(gradients.out())
          .read(winners(scope))
          .with(geometry())
          .end();
      dx.done();
    }
  }

  @Override
  public void infer(Scope scope) {
    scope
        .call("maxPoolInference")
        .write(scope.out())
        .read(scope.in(0))
        .with(geometry())
        .comment(scope.outDims())
        .end();
  }

  private Buffer winners(Scope scope) {
    return scope.saved("winners", Element.UINT8);
  }

  private Constant geometry() {
    return Constant.pool(kernel, stride, Window.same(padding, kernel, 1), true);
  }
}
