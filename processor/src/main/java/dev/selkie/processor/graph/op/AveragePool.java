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
public record AveragePool(int kernel, int stride, int padding, boolean ceil, boolean countPadding)
    implements Op {

  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    return shape(path, inputs.get(0).dims(), kernel, stride, padding, ceil);
  }

  /** The shape rule of all pools. */
  static Dims shape(String path, Dims x, int kernel, int stride, int padding, boolean ceil)
      throws ShapeException {
    int rim = Window.same(padding, kernel, 1);
    return new Dims(
        x.channels(),
        Window.pooled(path, x.height(), kernel, stride, rim, ceil),
        Window.pooled(path, x.width(), kernel, stride, rim, ceil));
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
    int rim = Window.same(padding, kernel, 1);
    // Without padding, a window that was rounded up counts only what lies on the image.
    return Constant.pool(kernel, stride, rim, countPadding && !(ceil && rim == 0));
  }
}
