package dev.selkie.processor.graph.op;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/** The mean of each channel over space. */
public record GlobalAveragePool() implements Op {
  @Override
  public Dims shape(String path, List<Operand> inputs) {
    return new Dims(inputs.get(0).dims().channels(), 1, 1);
  }

  @Override
  public void forward(Scope scope) {
    scope
        .call("globalAveragePoolForward")
        .write(scope.out())
        .read(scope.in(0))
        .comment(scope.outDims())
        .end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    if (gradients.wants(0)) {
      Gradients.Target dx = gradients.target(0);
      scope.call("globalAveragePoolBackward").write(dx.buffer()).read(gradients.out()).end();
      dx.done();
    }
  }
}
