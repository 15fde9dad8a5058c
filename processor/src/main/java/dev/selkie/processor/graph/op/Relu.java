package dev.selkie.processor.graph.op;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/** y = max(x, 0); its gradient needs y alone. */
public record Relu() implements Op {
  @Override
  public Dims shape(String path, List<Operand> inputs) {
    return inputs.get(0).dims();
  }

  @Override
  public void forward(Scope scope) {
    scope.call("reluForward").write(scope.out()).read(scope.in(0)).comment(scope.outDims()).end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    if (gradients.wants(0)) {
      Gradients.Target dx = gradients.target(0);
      scope
          .call("reluBackward")
          .write(dx.buffer())
          .read(gradients.out())
          .read(scope.out())
          .inPlaceOf(gradients.out())
          .end();
      dx.done();
    }
  }
}
