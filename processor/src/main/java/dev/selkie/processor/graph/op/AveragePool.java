package dev.selkie.processor.graph.op;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.program.Constant;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/** The mean of each window. */
public record AveragePool(int kernel, int stride, int padding, boolean countPadding) implements Op {

  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    return shape(path, inputs.get(0).dims(), kernel, stride, padding);
  }

  /** The shape rule of all pools. */
  static Dims shape(String path, Dims x, int kernel, int stride, int padding)
      throws ShapeException {
    int rim = Window.same(padding, kernel, 1);
    return new Dims(
        x.channels(),
        Window.output(path, "kernel", x.height(), kernel, stride, 1, rim),
        Window.output(path, "kernel", x.width(), kernel, stride, 1, rim));
  }

  @Override
  public void forward(Scope scope) {
    scope
        .call("averagePoolForward")
        .write(scope.out())
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
          .call("averagePoolBackward")
          .write(dx.buffer())
          .read(gradients.out())
          .with(geometry())
          .end();
      dx.done();
    }
  }

  private Constant geometry() {
    return Constant.pool(kernel, stride, Window.same(padding, kernel, 1), countPadding);
  }
}
