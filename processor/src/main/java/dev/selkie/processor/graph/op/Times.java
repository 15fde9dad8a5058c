package dev.selkie.processor.graph.op;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/** y = factor x. */
public record Times(double factor) implements Op {
  @Override
  public Dims shape(String path, List<Operand> inputs) {
    return inputs.get(0).dims();
  }

  @Override
  public void forward(Scope scope) {
    scope
        .call("times")
        .write(scope.out())
        .read(scope.in(0))
        .with(literal())
        .comment(scope.outDims())
        .end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    if (gradients.wants(0)) {
      Gradients.Target dx = gradients.target(0);
      Buffer dy = gradients.out();
      scope.call("times").write(dx.buffer()).read(dy).with(literal()).inPlaceOf(dy).end();
      dx.done();
    }
  }

  private String literal() {
    return (float) factor + "f";
  }
}
